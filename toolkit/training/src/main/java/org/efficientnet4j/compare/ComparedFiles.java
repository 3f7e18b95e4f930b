package org.efficientnet4j.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.compare.ComparisonPage.Row;
import org.efficientnet4j.compare.Standing.Entry;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.models.ModelDefinition;

/** Compares model files on one set of images. */
public final class ComparedFiles {
    private ComparedFiles() {}

    /**
     * Judges each file on every image.
     *
     * @param files model files of the images' classes
     * @param images none of which the networks have learnt from
     * @return a row for each file, in the order given
     * @throws InvalidInputException for a file of other classes than the images', or unreadable images
     */
    public static List<Row> of(List<Path> files, ImageSource images) {
        List<Entry> entries = new ArrayList<>();
        List<ModelDefinition> models = new ArrayList<>();
        int size = 0;
        for (Path file : files) {
            ModelFile model = ModelFile.read(file);
            JudgedTraining judged = new JudgedTraining(0, 0, 0, 0, 0, AnsweredImages.of(model, images));
            entries.add(new Entry(file.toString(), List.of(judged)));
            models.add(model.metadata().model());
            size = Math.max(size, model.metadata().preprocessing().size());
        }
        int threads = Runtime.getRuntime().availableProcessors();
        List<NetworkFacts> facts = NetworkFacts.measure(models, images.labels().size(), size, threads);
        List<Standing> standings = Standing.of(entries);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < standings.size(); i++) {
            rows.add(new Row(standings.get(i), facts.get(i), List.of()));
        }
        return rows;
    }
}
