package org.efficientnet4j.data.source;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The two CIFAR data sets' binary layouts, as rows of data. A record is its label bytes and then three planes (red, green,
 * blue) of 32 x 32 bytes; the last label byte is the one used.
 *
 * <p>Source: A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images (2009), and the data sets' page.
 */
enum CifarFormat {
    CIFAR10("CIFAR-10", "cifar-10-batches-bin", 1, 10, "data_batch_%d.bin", 5, "test_batch.bin", "batches.meta.txt"),
    CIFAR100("CIFAR-100", "cifar-100-binary", 2, 100, "train.bin", 1, "test.bin", "fine_label_names.txt");

    static final int SIDE = 32;
    static final int PIXEL_BYTES = SIDE * SIDE * 3;

    private final String title;
    private final String folder;
    private final int labelBytes;
    private final int classes;
    private final String trainFile;
    private final int trainBatches;
    private final String testFile;
    private final String namesFile;

    CifarFormat(
            String title,
            String folder,
            int labelBytes,
            int classes,
            String trainFile,
            int trainBatches,
            String testFile,
            String namesFile) {
        this.title = title;
        this.folder = folder;
        this.labelBytes = labelBytes;
        this.classes = classes;
        this.trainFile = trainFile;
        this.trainBatches = trainBatches;
        this.testFile = testFile;
        this.namesFile = namesFile;
    }

    String title() {
        return title;
    }

    /** The folder inside the official archive. */
    String folder() {
        return folder;
    }

    int labelBytes() {
        return labelBytes;
    }

    int classes() {
        return classes;
    }

    List<String> trainFiles() {
        return IntStream.rangeClosed(1, trainBatches)
                .mapToObj(trainFile::formatted)
                .toList();
    }

    String testFile() {
        return testFile;
    }

    /** The file of class names, one a line. */
    String namesFile() {
        return namesFile;
    }

    int recordBytes() {
        return labelBytes + PIXEL_BYTES;
    }

    boolean isPart(String fileName) {
        return trainFiles().contains(fileName) || testFile.equals(fileName) || namesFile.equals(fileName);
    }
}
