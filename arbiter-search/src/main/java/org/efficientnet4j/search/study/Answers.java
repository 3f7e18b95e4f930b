package org.efficientnet4j.search.study;

import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import org.efficientnet4j.core.InvalidInputException;

/** A trained network's right and wrong answers, image by image, in the order of the part it was judged on. */
public final class Answers implements Serializable {
    private static final long serialVersionUID = 1;

    private final int images;
    private final BitSet right;

    /**
     * Answers to some images.
     *
     * @param images judged, at least 1
     * @param right the places of those answered rightly
     * @throws InvalidInputException for no images, or an answer beyond them
     */
    public Answers(int images, BitSet right) {
        if (images < 1 || right.length() > images) {
            throw new InvalidInputException(
                    "Answers must be to at least 1 image and none beyond, found " + right.length() + " of " + images);
        }
        this.images = images;
        this.right = (BitSet) right.clone();
    }

    /**
     * Reads the form of {@link #format}.
     *
     * @throws InvalidInputException for anything else
     */
    static Answers parse(String text) {
        int colon = text.indexOf(':');
        try {
            return new Answers(
                    Integer.parseInt(text.substring(0, Math.max(0, colon))),
                    BitSet.valueOf(HexFormat.of().parseHex(text.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("Answers must be IMAGES:HEX, found '" + text + "'", e);
        }
    }

    /** The number of images, a colon and the right ones as bits in hexadecimal bytes, the lowest bit first. */
    String format() {
        return images + ":" + HexFormat.of().formatHex(right.toByteArray());
    }

    /** The number of images judged. */
    public int images() {
        return images;
    }

    /** The number answered rightly. */
    public int right() {
        return right.cardinality();
    }

    /** True if the image at a place was answered rightly. */
    public boolean isRight(int place) {
        return right.get(place);
    }

    /** The share answered rightly. */
    public double accuracy() {
        return (double) right() / images;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answers same && images == same.images && right.equals(same.right);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {images, right.hashCode()});
    }

    @Override
    public String toString() {
        return right() + " of " + images;
    }
}
