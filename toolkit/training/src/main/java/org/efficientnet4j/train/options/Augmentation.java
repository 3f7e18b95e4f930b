package org.efficientnet4j.train.options;

import java.util.Optional;
import org.efficientnet4j.data.augment.automatic.LearntPolicy;

/** How training images are varied from epoch to epoch. */
public enum Augmentation {
    /** As in evaluation: resized and centre-cropped, always the same pixels. */
    NONE,
    /** A random part of random shape (a shift of a few pixels for tightly framed images), mirrored half of the time. */
    STANDARD,
    /** As standard, then AutoAugment with the policy found for ImageNet. */
    AUTOAUGMENT_IMAGENET,
    /** As standard, then AutoAugment with the policy found for CIFAR-10. */
    AUTOAUGMENT_CIFAR10;

    /** AutoAugment's policy, where there is one. */
    public Optional<LearntPolicy> learnt() {
        return switch (this) {
            case NONE, STANDARD -> Optional.empty();
            case AUTOAUGMENT_IMAGENET -> Optional.of(LearntPolicy.IMAGENET);
            case AUTOAUGMENT_CIFAR10 -> Optional.of(LearntPolicy.CIFAR10);
        };
    }
}
