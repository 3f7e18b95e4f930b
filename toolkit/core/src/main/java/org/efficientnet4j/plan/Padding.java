package org.efficientnet4j.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Rule for the zeros around an image over which a kernel of k pixels slides with stride s, height and width alike.
 *
 * @param kind the rule
 * @param pixels zeros on each side where the rule is {@link Kind#FIXED}, else 0
 */
public record Padding(Kind kind, int pixels) {
    /**
     * TensorFlow's SAME: as few zeros as give an output of ceil(n / s), the odd one behind the last row; the original
     * EfficientNets.
     */
    public static final Padding SAME = new Padding(Kind.SAME, 0);

    /** k / 2 zeros on each side, rounded down: torchvision's networks and timm's plain ones. */
    public static final Padding SYMMETRIC = new Padding(Kind.SYMMETRIC, 0);

    /** No zeros. */
    public static final Padding NONE = fixed(0);

    /** The rules that adapt to any kernel. */
    public static final List<Padding> ADAPTING = List.of(SAME, SYMMETRIC);

    /** The rules. */
    public enum Kind {
        /** As few zeros as needed, by image size. */
        SAME,
        /** Half the kernel. */
        SYMMETRIC,
        /** A number of pixels. */
        FIXED
    }

    /** @throws InvalidInputException for negative pixels, or pixels with a rule that takes none */
    public Padding {
        if (pixels < 0 || (kind != Kind.FIXED && pixels != 0)) {
            throw new InvalidInputException(
                    "Padding must be SAME, SYMMETRIC or at least 0 pixels, found " + kind + " of " + pixels);
        }
    }

    /** So many zeros on each side. */
    public static Padding fixed(int pixels) {
        return new Padding(Kind.FIXED, pixels);
    }

    /**
     * The padding of a text that {@link #toString} wrote, in any case.
     *
     * @throws InvalidInputException for any other text
     */
    @JsonCreator
    public static Padding parse(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        for (Padding rule : ADAPTING) {
            if (rule.toString().equals(upper)) {
                return rule;
            }
        }
        if (upper.matches("[0-9]{1,4}")) {
            return fixed(Integer.parseInt(upper));
        }
        throw new InvalidInputException("Padding must be same, symmetric or a number of pixels, found '" + text + "'");
    }

    /** Zeros before the first row (or column) of an image of a height (or width). */
    public int before(int inputSize, int kernel, int stride) {
        return switch (kind) {
            case SAME -> Math.max((outputSize(inputSize, kernel, stride) - 1) * stride + kernel - inputSize, 0) / 2;
            case SYMMETRIC -> kernel / 2;
            case FIXED -> pixels;
        };
    }

    /** The output's height (or width); 0 or less where the padded image is smaller than the kernel. */
    public int outputSize(int inputSize, int kernel, int stride) {
        if (kind == Kind.SAME) {
            return (inputSize + stride - 1) / stride;
        }
        int slack = inputSize + 2 * before(inputSize, kernel, stride) - kernel;
        return slack < 0 ? 0 : slack / stride + 1;
    }

    /** {@code SAME}, {@code SYMMETRIC} or the number of pixels. */
    @JsonValue
    @Override
    public String toString() {
        return kind == Kind.FIXED ? Integer.toString(pixels) : kind.name();
    }
}
