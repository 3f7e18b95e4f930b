package org.efficientnet4j.models;

import java.util.Locale;

/** A library whose weight files are read and written. */
public enum Library {
    /** PyTorch's torchvision. */
    TORCHVISION,
    /** PyTorch Image Models. */
    TIMM,
    /** keras.applications. */
    KERAS;

    /** The name as users write it, e.g. {@code timm}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
