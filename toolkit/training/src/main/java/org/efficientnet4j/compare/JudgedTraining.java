package org.efficientnet4j.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;

/**
 * One training of a comparison, and how it was judged.
 *
 * @param seed of the weights, the order and the augmentation
 * @param epochs that it took
 * @param seconds of its steps, validation left out
 * @param imagesPerSecond in training: the median of its epochs
 * @param peakMegabytes most resident memory of the process while it trained, in 2^20 bytes; 0 where the system does not tell
 * @param answers to the images of the test
 */
public record JudgedTraining(
        long seed, int epochs, double seconds, double imagesPerSecond, long peakMegabytes, Answers answers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(Path file) {
        try {
            AtomicFiles.writeText(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws InvalidInputException if the file cannot be read or holds something else */
    static JudgedTraining read(Path file) {
        try {
            return JSON.readValue(Files.readString(file), JudgedTraining.class);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot read the answers in " + file + ": "
                            + e.getMessage().lines().findFirst().orElse("")
                            + "; delete the file, and the training is judged again",
                    e);
        }
    }
}
