import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.augment.Interpolation;
import org.efficientnet4j.data.augment.automatic.RandAugment;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Times this toolkit's input pipeline for {@code benchmarks/pipeline/run}: for each line on standard input one round, for
 * each round a line "images seconds" on standard output. A round is some passes over the training images. With a sixth
 * argument batches are not given back.
 */
final class PipelineSpeed {
    public static void main(String[] arguments) throws Exception {
        int size = Integer.parseInt(arguments[1]);
        int workers = Integer.parseInt(arguments[2]);
        int batch = Integer.parseInt(arguments[3]);
        int passes = Integer.parseInt(arguments[4]);
        boolean givesBack = arguments.length == 5;
        ImageSource images = ImageSources.open(arguments[0], new SplitOptions(0.2, 1)).train();
        ImagePipeline pipeline = ImagePipeline.builder(images)
                .size(size)
                .batch(batch)
                .workers(workers)
                .interpolation(Interpolation.BILINEAR)
                .augmentation(AugmentationPolicy.photographs().and(new RandAugment(2, 10)))
                .shuffle(true)
                .build();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int epoch = 0;
        while (in.readLine() != null) {
            long start = System.nanoTime();
            int count = 0;
            for (int pass = 0; pass < passes; pass++) {
                try (EpochIterator batches = pipeline.epoch(epoch++)) {
                    while (batches.hasNext()) {
                        DataSet next = batches.next();
                        count += (int) next.getFeatures().size(0);
                        if (givesBack) {
                            batches.giveBack(next);
                        }
                    }
                }
            }
            System.out.printf(Locale.ROOT, "%d %.4f%n", count, (System.nanoTime() - start) / 1e9);
        }
    }
}
