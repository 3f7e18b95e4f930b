package org.efficientnet4j.train.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.model.Provenance;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsFile;

/** Completes a run's metadata with where and when its weights came about. */
public final class Provenances {
    private final ModelMetadata metadata;
    private final String data;
    private final String start;
    private final String configSha256;

    public Provenances(ModelMetadata metadata, String data, String start, TrainingOptions options) {
        this.metadata = metadata;
        this.data = data;
        this.start = start;
        this.configSha256 = sha256(TrainingOptionsFile.write(options));
    }

    public List<String> labels() {
        return metadata.labels();
    }

    public String environment() {
        return "EfficientNet4J " + Provenance.toolkitVersion() + ", " + Provenance.javaVersion() + ", "
                + Provenance.systemVersion() + "; " + data + "; " + start;
    }

    /** The metadata as of now; without provenance before the first validation. */
    public ModelMetadata metadata(Optional<BestEpoch> best, double trainingSeconds) {
        return best.map(epoch -> metadata.withProvenance(new Provenance(
                        Provenance.toolkitVersion(),
                        Provenance.javaVersion(),
                        Provenance.systemVersion(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        trainingSeconds,
                        data,
                        start,
                        configSha256,
                        epoch.epoch(),
                        epoch.top1(),
                        epoch.loss())))
                .orElse(metadata);
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
