package org.efficientnet4j.models;

import java.util.Locale;

/** A library whose weight files are read and written. */
public enum Library {
    /** PyTorch's torchvision. */
    TORCHVISION,
    /** PyTorch Image Models. */
    TIMM,
    /** keras.applications. */
    KERAS,
    /** lukemelas/EfficientNet-PyTorch, whose names many older projects use. */
    EFFICIENTNET_PYTORCH;

    /** The name as users write it, e.g. {@code timm} or {@code efficientnet-pytorch}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
