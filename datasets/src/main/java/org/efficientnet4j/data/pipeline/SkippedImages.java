package org.efficientnet4j.data.pipeline;

import java.util.Collection;
import java.util.concurrent.ConcurrentSkipListMap;
import org.efficientnet4j.data.SkippedImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The images a pipeline left out, each once, in the order of their index; the first time, each is logged. */
final class SkippedImages {
    private static final Logger LOG = LoggerFactory.getLogger(SkippedImages.class);

    private final ConcurrentSkipListMap<Integer, SkippedImage> byIndex = new ConcurrentSkipListMap<>();

    void add(SkippedImage image) {
        if (byIndex.putIfAbsent(image.index(), image) == null) {
            LOG.warn("skipped {}: {}", image.id(), image.reason());
        }
    }

    Collection<SkippedImage> all() {
        return byIndex.values();
    }
}
