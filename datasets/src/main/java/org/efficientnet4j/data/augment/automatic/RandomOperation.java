package org.efficientnet4j.data.augment.automatic;

import java.util.random.RandomGenerator;

/**
 * RandAugment's operations and what a magnitude means to each. Magnitudes count in tenths: 10 is what the reference calls
 * full strength, and larger ones go on along the same line.
 *
 * <p>Deviations: distances in pixels, the reference's for images of 224, are scaled with the image; posterize keeps at least
 * one bit, where the reference makes the image black; contrast's grey is the image's mean.
 *
 * <p>Source: google/automl {@code efficientnetv2/autoaugment.py}, {@code level_to_arg} and
 * {@code distort_image_with_randaugment}.
 */
public enum RandomOperation {
    /** Each channel to the whole range. */
    AUTO_CONTRAST("AutoContrast") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ColourChanges.autoContrast(image);
        }
    },
    /** Each channel to an even histogram. */
    EQUALIZE("Equalize") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ColourChanges.equalize(image);
        }
    },
    /** The negative. */
    INVERT("Invert") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ColourChanges.invert(image);
        }
    },
    /** By up to 30 degrees at 10, either way. */
    ROTATE("Rotate") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ShapeChanges.rotate(image, eitherWay(30 * level, random));
        }
    },
    /** To 4 bits at 10, fewer below. */
    POSTERIZE("Posterize") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ColourChanges.posterize(image, Math.max(1, Math.min(8, (int) (4 * level))));
        }
    },
    /** The negative from 256 at 10 on, from lower values below. */
    SOLARIZE("Solarize") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ColourChanges.solarize(image, (int) (256 * level));
        }
    },
    /** 110 at 10 onto the darker half. */
    SOLARIZE_ADD("SolarizeAdd") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ColourChanges.solarizeAdd(image, (int) (110 * level));
        }
    },
    /** Colourfulness times 0.1 (0) to 1.9 (10). */
    COLOUR("Color") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ColourChanges.colour(image, enhancement(level));
        }
    },
    /** Contrast times 0.1 (0) to 1.9 (10). */
    CONTRAST("Contrast") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ColourChanges.contrast(image, enhancement(level));
        }
    },
    /** Brightness times 0.1 (0) to 1.9 (10). */
    BRIGHTNESS("Brightness") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ColourChanges.brightness(image, enhancement(level));
        }
    },
    /** Sharpness times 0.1 (0) to 1.9 (10). */
    SHARPNESS("Sharpness") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ColourChanges.sharpness(image, enhancement(level));
        }
    },
    /** By 0.3 of the height at 10, either way. */
    SHEAR_X("ShearX") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ShapeChanges.shearX(image, eitherWay(0.3 * level, random));
        }
    },
    /** By 0.3 of the width at 10, either way. */
    SHEAR_Y("ShearY") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ShapeChanges.shearY(image, eitherWay(0.3 * level, random));
        }
    },
    /** By 100 of 224 pixels at 10, either way. */
    TRANSLATE_X("TranslateX") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ShapeChanges.translateX(image, eitherWay(scaled(100 * level, image), random));
        }
    },
    /** By 100 of 224 pixels at 10, either way. */
    TRANSLATE_Y("TranslateY") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ShapeChanges.translateY(image, eitherWay(scaled(100 * level, image), random));
        }
    },
    /** A grey square, 40 of 224 pixels to each side of its centre at 10. */
    CUTOUT("Cutout") {
        @Override
        Pixels apply(Pixels image, double level, RandomGenerator random) {
            return ShapeChanges.cutout(image, (int) scaled(40 * level, image), random);
        }
    };

    private static final double REFERENCE_SIDE = 224;

    private final String published;

    RandomOperation(String published) {
        this.published = published;
    }

    /** The reference's name. */
    String published() {
        return published;
    }

    /**
     * The changed image.
     *
     * @param level the magnitude in shares of 10
     * @param random for directions and places
     */
    abstract Pixels apply(Pixels image, double level, RandomGenerator random);

    private static double enhancement(double level) {
        return 1.8 * level + 0.1;
    }

    private static double eitherWay(double amount, RandomGenerator random) {
        return random.nextBoolean() ? amount : -amount;
    }

    private static double scaled(double pixels, Pixels image) {
        return pixels * image.side() / REFERENCE_SIDE;
    }
}
