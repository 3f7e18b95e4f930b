package org.efficientnet4j.data;

import java.io.IOException;

/** One image that could not be read: damaged, of an unsupported format, or gone. Names the image and the reason. */
public class ImageReadException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String imageId;
    private final String reason;

    /**
     * Creates the error.
     *
     * @param imageId the image as {@link ImageSource#id} names it
     * @param reason why it cannot be read, for a user
     */
    public ImageReadException(String imageId, String reason) {
        this(imageId, reason, null);
    }

    /**
     * Creates the error with the exception that revealed it.
     *
     * @param imageId the image as {@link ImageSource#id} names it
     * @param reason why it cannot be read, for a user
     * @param cause the exception that revealed it, or null
     */
    public ImageReadException(String imageId, String reason, Throwable cause) {
        super("cannot read image " + imageId + ": " + reason, cause);
        this.imageId = imageId;
        this.reason = reason;
    }

    /**
     * The image's name.
     *
     * @return the image as {@link ImageSource#id} names it
     */
    public String imageId() {
        return imageId;
    }

    /**
     * Why the image cannot be read.
     *
     * @return the reason, for a user
     */
    public String reason() {
        return reason;
    }
}
