package org.efficientnet4j.data.augment.automatic;

import java.util.random.RandomGenerator;

/**
 * AutoAugment's operations. A magnitude from 0 to 9 counts ninths of the way to an operation's full amount; those with a
 * direction go either way by chance.
 *
 * <p>Source: arXiv 1805.09501, table 6, with the ranges as torchvision's {@code AutoAugment} reads them.
 */
enum LearntOperation {
    SHEAR_X("ShearX", 0.3, true) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ShapeChanges.shearX(image, amount);
        }
    },
    SHEAR_Y("ShearY", 0.3, true) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ShapeChanges.shearY(image, amount);
        }
    },
    /** By a share of the width: 150 of 331 pixels. */
    TRANSLATE_X("TranslateX", 150.0 / 331, true) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ShapeChanges.translateX(image, (int) (amount * image.side()));
        }
    },
    TRANSLATE_Y("TranslateY", 150.0 / 331, true) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ShapeChanges.translateY(image, (int) (amount * image.side()));
        }
    },
    ROTATE("Rotate", 30, true) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ShapeChanges.rotate(image, amount);
        }
    },
    BRIGHTNESS("Brightness", 0.9, true) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ColourChanges.brightness(image, 1 + amount);
        }
    },
    COLOUR("Color", 0.9, true) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ColourChanges.colour(image, 1 + amount);
        }
    },
    CONTRAST("Contrast", 0.9, true) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ColourChanges.contrast(image, 1 + amount);
        }
    },
    SHARPNESS("Sharpness", 0.9, true) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ColourChanges.sharpness(image, 1 + amount);
        }
    },
    /** Bits kept: 8 down to 4. */
    POSTERIZE("Posterize", 4, false) {
        @Override
        double amount(int magnitude) {
            return 8 - Math.rint(super.amount(magnitude));
        }

        @Override
        Pixels changed(Pixels image, double amount) {
            return ColourChanges.posterize(image, (int) amount);
        }
    },
    /** The threshold: 255 down to 0. */
    SOLARIZE("Solarize", 255, false) {
        @Override
        double amount(int magnitude) {
            return 255 - super.amount(magnitude);
        }

        @Override
        Pixels changed(Pixels image, double amount) {
            return ColourChanges.solarize(image, (int) Math.ceil(amount));
        }
    },
    AUTO_CONTRAST("AutoContrast", 0, false) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ColourChanges.autoContrast(image);
        }
    },
    EQUALIZE("Equalize", 0, false) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ColourChanges.equalize(image);
        }
    },
    INVERT("Invert", 0, false) {
        @Override
        Pixels changed(Pixels image, double amount) {
            return ColourChanges.invert(image);
        }
    };

    private static final double STRONGEST = 9;

    private final String published;
    private final double full;
    private final boolean directed;

    LearntOperation(String published, double full, boolean directed) {
        this.published = published;
        this.full = full;
        this.directed = directed;
    }

    /** The paper's name. */
    String published() {
        return published;
    }

    /** Strength of a magnitude in the operation's own unit. */
    double amount(int magnitude) {
        return full * magnitude / STRONGEST;
    }

    /** The changed image. */
    abstract Pixels changed(Pixels image, double amount);

    /** The image changed by a magnitude, either way where there are two. */
    Pixels apply(Pixels image, int magnitude, RandomGenerator random) {
        double amount = amount(magnitude);
        return changed(image, directed && random.nextBoolean() ? -amount : amount);
    }
}
