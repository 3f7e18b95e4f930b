/** {@code effnet augment}: {@link org.efficientnet4j.cli.augment.AugmentCommand} draws what augmentation makes of images. */
package org.efficientnet4j.cli.augment;
