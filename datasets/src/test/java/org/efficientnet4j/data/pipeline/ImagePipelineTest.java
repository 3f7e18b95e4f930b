package org.efficientnet4j.data.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.SharedData;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.augment.FrameTarget;
import org.efficientnet4j.data.augment.Interpolation;
import org.efficientnet4j.data.source.GeneratedShapes;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class ImagePipelineTest {
    private static final int FAILING = 7;

    /** Image i is 4 x 4 of colour (i, 2i, 3i); those at multiples of {@link #FAILING}, but for 0, are damaged. */
    private static ImageSource flatColours(int count, boolean damaged) {
        return new ImageSource() {
            @Override
            public List<String> labels() {
                return List.of("even", "odd");
            }

            @Override
            public int size() {
                return count;
            }

            @Override
            public int label(int index) {
                return index % 2;
            }

            @Override
            public String id(int index) {
                return "flat-" + index;
            }

            @Override
            public Mat read(int index) throws ImageReadException {
                if (damaged && index > 0 && index % FAILING == 0) {
                    throw new ImageReadException(id(index), "made to fail");
                }
                byte[] pixels = new byte[4 * 4 * 3];
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (byte) ((i % 3 + 1) * index);
                }
                return RgbImages.fromPixels(pixels, 4, 4);
            }

            @Override
            public String description() {
                return count + " flat colours";
            }
        };
    }

    private static ImagePipeline.Builder flatPipeline(boolean damaged) {
        return ImagePipeline.builder(flatColours(30, damaged)).size(4).batch(8).normalization(Normalization.UNIT_RANGE);
    }

    private static List<DataSet> all(ImagePipeline pipeline, int epoch) {
        List<DataSet> batches = new ArrayList<>();
        try (EpochIterator iterator = pipeline.epoch(epoch)) {
            iterator.forEachRemaining(batches::add);
        }
        return batches;
    }

    private static List<Integer> redValues(List<DataSet> batches) {
        List<Integer> values = new ArrayList<>();
        for (DataSet batch : batches) {
            for (int i = 0; i < batch.numExamples(); i++) {
                values.add((int) Math.round(batch.getFeatures().getDouble(i, 0, 2, 2) * 255));
            }
        }
        return values;
    }

    /** Batches of 8, 8, 8 and 6 images: the last one's memory fits no other. */
    @Test
    void memoryGivenBackHoldsLaterBatchesAndChangesNone() {
        ImagePipeline pipeline =
                flatPipeline(false).shuffle(true).workers(2).prefetch(1).build();
        Set<Long> places = new HashSet<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            List<DataSet> expected = all(flatPipeline(false).shuffle(true).build(), epoch);
            try (EpochIterator iterator = pipeline.epoch(epoch)) {
                for (DataSet each : expected) {
                    DataSet batch = iterator.next();
                    assertEquals(each.getFeatures(), batch.getFeatures());
                    assertEquals(each.getLabels(), batch.getLabels());
                    assertArrayEquals(
                            each.getFeatures().stride(), batch.getFeatures().stride());
                    places.add(batch.getFeatures().data().address());
                    iterator.giveBack(batch);
                }
                assertFalse(iterator.hasNext());
            }
        }
        assertTrue(places.size() < 16, places.size() + " places for 16 batches");
    }

    @Test
    void batchesAreChannelsLastViewsOfLogicalChannelsFirstShape() {
        DataSet batch = all(flatPipeline(false).build(), 0).get(1);
        INDArray features = batch.getFeatures();
        assertArrayEquals(new long[] {8, 3, 4, 4}, features.shape());
        assertArrayEquals(new long[] {48, 1, 12, 3}, features.stride());
        assertEquals(9 / 255.0, features.getDouble(1, 0, 3, 0), 1e-7);
        assertEquals(18 / 255.0, features.getDouble(1, 1, 3, 0), 1e-7);
        assertEquals(27 / 255.0, features.getDouble(1, 2, 3, 0), 1e-7);
        assertArrayEquals(new long[] {8, 2}, batch.getLabels().shape());
        assertEquals(1, batch.getLabels().getDouble(1, 1), 0);
        assertEquals(0, batch.getLabels().getDouble(1, 0), 0);
    }

    @Test
    void lastBatchIsSmallerUnlessDropped() {
        ImagePipeline kept = flatPipeline(false).build();
        assertEquals(
                List.of(8, 8, 8, 6),
                all(kept, 0).stream().map(DataSet::numExamples).toList());
        assertEquals(4, kept.batchesPerEpoch());
        ImagePipeline dropped = flatPipeline(false).dropLast(true).build();
        assertEquals(
                List.of(8, 8, 8),
                all(dropped, 0).stream().map(DataSet::numExamples).toList());
        assertEquals(3, dropped.batchesPerEpoch());
    }

    @Test
    void shufflingVisitsEveryImageOnceInAnotherOrderEachEpoch() {
        ImagePipeline pipeline = flatPipeline(false).shuffle(true).seed(5).build();
        List<Integer> first = redValues(all(pipeline, 0));
        List<Integer> second = redValues(all(pipeline, 1));
        List<Integer> inOrder = redValues(all(flatPipeline(false).build(), 0));
        assertEquals(inOrder, first.stream().sorted().toList());
        assertEquals(inOrder, second.stream().sorted().toList());
        assertFalse(first.equals(second) || first.equals(inOrder));
        assertEquals(
                first, redValues(all(flatPipeline(false).shuffle(true).seed(5).build(), 0)));
    }

    @Test
    void pixelsAndOrderDoNotDependOnTheNumberOfWorkers() {
        ImageSource shapes = new GeneratedShapes(60, 3, 32);
        List<List<DataSet>> runs = new ArrayList<>();
        for (int workers : new int[] {1, 4}) {
            runs.add(all(
                    ImagePipeline.builder(shapes)
                            .size(24)
                            .batch(16)
                            .seed(11)
                            .shuffle(true)
                            .workers(workers)
                            .prefetch(workers)
                            .augmentation(AugmentationPolicy.photographs())
                            .build(),
                    2));
        }
        assertEquals(4, runs.get(0).size());
        for (int i = 0; i < 4; i++) {
            assertEquals(runs.get(0).get(i).getFeatures(), runs.get(1).get(i).getFeatures());
            assertEquals(runs.get(0).get(i).getLabels(), runs.get(1).get(i).getLabels());
        }
    }

    @Test
    void augmentationChangesWithTheEpochAndTheSeed() {
        ImageSource shapes = new GeneratedShapes(4, 3, 32);
        ImagePipeline.Builder builder =
                ImagePipeline.builder(shapes).size(24).batch(4).augmentation(AugmentationPolicy.photographs());
        INDArray first = all(builder.seed(1).build(), 0).get(0).getFeatures();
        INDArray nextEpoch = all(builder.seed(1).build(), 1).get(0).getFeatures();
        INDArray otherSeed = all(builder.seed(2).build(), 0).get(0).getFeatures();
        assertFalse(first.equals(nextEpoch));
        assertFalse(first.equals(otherSeed));
    }

    @Test
    void damagedImagesAreSkippedCountedAndNamed() {
        for (int workers : new int[] {1, 4}) {
            ImagePipeline pipeline = flatPipeline(true).workers(workers).build();
            List<DataSet> batches = all(pipeline, 0);
            all(pipeline, 1);
            assertEquals(
                    List.of(8, 8, 8, 2),
                    batches.stream().map(DataSet::numExamples).toList());
            assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 8, 9), redValues(batches).subList(0, 9));
            assertEquals(
                    List.of(7, 14, 21, 28),
                    pipeline.skipped().stream().map(SkippedImage::index).toList());
            assertEquals("flat-7", pipeline.skipped().get(0).id());
            assertEquals("made to fail", pipeline.skipped().get(0).reason());
        }
    }

    @Test
    void strictModeStopsAtTheFirstDamagedImage() {
        try (EpochIterator iterator = flatPipeline(true).strict(true).build().epoch(0)) {
            InvalidInputException error =
                    assertThrows(InvalidInputException.class, () -> iterator.forEachRemaining(batch -> {}));
            assertTrue(error.getMessage().contains("flat-7"), error.getMessage());
        }
    }

    @Test
    void closingAnAbandonedEpochEndsItsThreads() throws InterruptedException {
        Set<Thread> before = pipelineThreads();
        EpochIterator iterator = ImagePipeline.builder(new GeneratedShapes(500, 0, 32))
                .size(32)
                .batch(4)
                .workers(3)
                .build()
                .epoch(0);
        iterator.next();
        assertFalse(begunSince(before).isEmpty());
        iterator.close();
        assertFalse(iterator.hasNext());
        for (int i = 0; i < 100 && !begunSince(before).isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertEquals(Set.of(), begunSince(before));
    }

    /** The pipeline threads that run now; those of an earlier test may still be ending. */
    private static Set<Thread> pipelineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("image-worker")
                        || thread.getName().equals("batch-assembler"))
                .collect(Collectors.toSet());
    }

    private static Set<Thread> begunSince(Set<Thread> before) {
        Set<Thread> begun = new HashSet<>(pipelineThreads());
        begun.removeAll(before);
        return begun;
    }

    @Test
    void anUnreachableEpochEndsItsThreads() throws InterruptedException {
        Set<Thread> before = pipelineThreads();
        ImagePipeline pipeline = ImagePipeline.builder(new GeneratedShapes(500, 0, 32))
                .size(32)
                .batch(4)
                .build();
        assertTrue(pipeline.epoch(0).hasNext());
        for (int i = 0; i < 100 && !begunSince(before).isEmpty(); i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertEquals(Set.of(), begunSince(before));
    }

    @Test
    void aFailedEpochHasNoMoreBatches() {
        try (EpochIterator iterator =
                flatPipeline(true).batch(4).strict(true).build().epoch(0)) {
            iterator.next();
            assertThrows(InvalidInputException.class, iterator::hasNext);
            assertFalse(iterator.hasNext());
        }
    }

    @Test
    void batchOperationsSeeContiguousBatchesAndRepeatableChance() {
        AugmentationPolicy policy = AugmentationPolicy.builder()
                .batchOperation((features, labels, random) -> {
                    assertArrayEquals(new long[] {features.size(0), 4, 4, 3}, features.shape());
                    features.assign(random.nextDouble());
                    labels.muli(0.5);
                })
                .build();
        List<DataSet> first = all(flatPipeline(false).augmentation(policy).build(), 0);
        List<DataSet> again = all(flatPipeline(false).augmentation(policy).build(), 0);
        assertEquals(first.get(2).getFeatures(), again.get(2).getFeatures());
        assertFalse(first.get(0).getFeatures().equals(first.get(1).getFeatures()));
        assertEquals(4, first.get(0).getLabels().sumNumber().doubleValue(), 1e-6);
    }

    @Test
    void cachingReadsEachImageOnceAndChangesNothing() {
        AtomicInteger reads = new AtomicInteger();
        ImageSource counted = counting(flatColours(30, true), reads);
        ImagePipeline pipeline = ImagePipeline.builder(counted)
                .size(4)
                .batch(8)
                .normalization(Normalization.UNIT_RANGE)
                .cacheBytes(1 << 20)
                .build();
        List<Integer> first = redValues(all(pipeline, 0));
        assertEquals(30, reads.get());
        assertEquals(first, redValues(all(pipeline, 1)));
        // The four damaged images are tried again.
        assertEquals(34, reads.get());
    }

    private static ImageSource counting(ImageSource origin, AtomicInteger reads) {
        return (ImageSource) Proxy.newProxyInstance(
                ImageSource.class.getClassLoader(), new Class<?>[] {ImageSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        reads.incrementAndGet();
                    }
                    try {
                        return method.invoke(origin, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void resetRunsTheSameEpochAgain() {
        try (EpochIterator iterator = flatPipeline(false).shuffle(true).build().epoch(3)) {
            DataSet first = iterator.next();
            iterator.reset();
            assertEquals(first.getFeatures(), iterator.next().getFeatures());
        }
    }

    @Test
    void settingsOutOfRangeAreTheUsersErrors() {
        assertThrows(
                InvalidInputException.class, () -> flatPipeline(false).batch(0).build());
        assertThrows(
                InvalidInputException.class, () -> flatPipeline(false).size(0).build());
        assertThrows(
                InvalidInputException.class,
                () -> flatPipeline(false).workers(0).build());
        assertThrows(
                InvalidInputException.class,
                () -> flatPipeline(false).prefetch(-1).build());
        assertThrows(
                InvalidInputException.class,
                () -> flatPipeline(false).cropFraction(1.5).build());
    }

    @Test
    void realPhotographsMakeWholeBatches() {
        String folder = SharedData.require("cats-dogs").toString();
        ImagePipeline pipeline = ImagePipeline.builder(
                        ImageSources.open(folder, SplitOptions.DEFAULT).validation())
                .size(64)
                .batch(50)
                .augmentation(AugmentationPolicy.photographs())
                .build();
        List<DataSet> batches = all(pipeline, 0);
        assertEquals(
                List.of(50, 50, 50, 50),
                batches.stream().map(DataSet::numExamples).toList());
        assertEquals(List.of(), pipeline.skipped());
        // Photographs lie around ImageNet's mean, within about a deviation and a half.
        assertEquals(0, batches.get(0).getFeatures().meanNumber().doubleValue(), 1.5);
        assertEquals(1, batches.get(0).getFeatures().stdNumber().doubleValue(), 0.5);
    }

    /** Three epochs of 6 are the first 18 images of passes over 10: every image once, then 8 of the next pass. */
    @Test
    void goesOnInThePassWhereAShortEpochEnded() {
        ImageSource images = new GeneratedShapes(10, 1, 16);
        List<EpochOrder.Visit> passes = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            passes.addAll(EpochOrder.of(images, order(0), pass));
        }
        List<EpochOrder.Visit> seen = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            seen.addAll(EpochOrder.of(images, order(6), epoch));
        }
        assertEquals(passes.subList(0, 18), seen);
        assertEquals(10, new HashSet<>(seen.subList(0, 10)).size());
    }

    private static PipelineOptions order(int imagesPerEpoch) {
        FrameTarget target = new FrameTarget(8, 1, Interpolation.BICUBIC);
        return new PipelineOptions(
                target,
                2,
                7,
                1,
                1,
                AugmentationPolicy.none(),
                Normalization.IMAGENET,
                3,
                true,
                false,
                false,
                false,
                imagesPerEpoch);
    }
}
