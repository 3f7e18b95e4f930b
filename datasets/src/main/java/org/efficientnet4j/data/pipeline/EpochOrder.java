package org.efficientnet4j.data.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.Seeds;

/** The order in which an epoch visits the images. */
final class EpochOrder {
    /** First step of the path of the generator that shuffles; images use their index there, which is never negative. */
    private static final long SHUFFLE_STREAM = -1;

    /** The same of the generators that draw each class's images. */
    private static final long CLASS_STREAM = -2;

    private EpochOrder() {}

    /**
     * A visit of an image.
     *
     * @param image its index
     * @param repetition earlier visits of it in a balanced pass; each is augmented anew
     */
    record Visit(int image, int repetition) {}

    /**
     * The visits: the images in the source's order, or in one drawn from the seed and the pass. An epoch is a pass, or the
     * next so many images of an endless row of passes.
     */
    static List<Visit> of(ImageSource source, PipelineOptions options, int epoch) {
        int wanted = options.imagesPerEpoch();
        if (wanted == PipelineOptions.ALL) {
            return pass(source, options, epoch);
        }
        int images = source.size();
        List<Visit> visits = new ArrayList<>(wanted);
        long first = (long) epoch * wanted;
        while (visits.size() < wanted) {
            long at = first + visits.size();
            int within = (int) (at % images);
            int taken = Math.min(images - within, wanted - visits.size());
            visits.addAll(pass(source, options, Math.toIntExact(at / images)).subList(within, within + taken));
        }
        return visits;
    }

    private static List<Visit> pass(ImageSource source, PipelineOptions options, int epoch) {
        List<Visit> visits = options.balanced() ? balanced(source, options, epoch) : each(source);
        if (options.shuffle()) {
            shuffle(visits, Seeds.generator(options.seed(), SHUFFLE_STREAM, epoch));
        }
        return visits;
    }

    private static List<Visit> each(ImageSource source) {
        List<Visit> visits = new ArrayList<>(source.size());
        for (int image = 0; image < source.size(); image++) {
            visits.add(new Visit(image, 0));
        }
        return visits;
    }

    /**
     * As many visits as images, as many of each class as of any other, give or take one: of a large class some of its
     * images, others in each pass, and those of a small one several times.
     */
    private static List<Visit> balanced(ImageSource source, PipelineOptions options, int epoch) {
        Map<Integer, List<Integer>> byClass = new TreeMap<>();
        for (int image = 0; image < source.size(); image++) {
            byClass.computeIfAbsent(source.label(image), label -> new ArrayList<>())
                    .add(image);
        }
        int classes = byClass.size();
        List<Visit> visits = new ArrayList<>(source.size());
        int place = 0;
        for (Map.Entry<Integer, List<Integer>> one : byClass.entrySet()) {
            boolean oneMore = (place++ + epoch) % classes < source.size() % classes;
            int wanted = source.size() / classes + (oneMore ? 1 : 0);
            SplittableRandom random = Seeds.generator(options.seed(), CLASS_STREAM, epoch, one.getKey());
            for (int taken = 0, repetition = 0; taken < wanted; repetition++) {
                List<Integer> images = new ArrayList<>(one.getValue());
                shuffle(images, random);
                for (int i = 0; i < images.size() && taken < wanted; i++, taken++) {
                    visits.add(new Visit(images.get(i), repetition));
                }
            }
        }
        return visits;
    }

    private static <T> void shuffle(List<T> order, SplittableRandom random) {
        for (int i = order.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            order.set(i, order.set(j, order.get(i)));
        }
    }
}
