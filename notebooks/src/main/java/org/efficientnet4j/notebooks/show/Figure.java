package org.efficientnet4j.notebooks.show;

import java.awt.image.BufferedImage;

/** Picture for a cell's output. */
public interface Figure {
    /** Title, which stands for the picture where none can be shown. */
    String title();

    /** Pixels, on white. */
    BufferedImage picture();
}
