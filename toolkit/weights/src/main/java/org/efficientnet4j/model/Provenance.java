package org.efficientnet4j.model;

import java.util.Objects;

/**
 * Provenance of a trained network.
 *
 * @param toolkit version of EfficientNet4J
 * @param java the JVM
 * @param system the operating system
 * @param finished when training ended, ISO 8601 in UTC
 * @param trainingSeconds how long it took
 * @param data what it was trained on, in one line
 * @param start where the first weights came from and what of them learnt, in one line
 * @param configSha256 of the run's config.yaml
 * @param epoch the epoch the weights are from, from 1
 * @param validationTop1 on the validation part after that epoch, in [0, 1]
 * @param validationLoss on the validation part after that epoch, in nats
 */
public record Provenance(
        String toolkit,
        String java,
        String system,
        String finished,
        double trainingSeconds,
        String data,
        String start,
        String configSha256,
        int epoch,
        double validationTop1,
        double validationLoss) {
    /** Checks that nothing is missing. */
    public Provenance {
        Objects.requireNonNull(toolkit, "toolkit");
        Objects.requireNonNull(java, "java");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(finished, "finished");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(configSha256, "configSha256");
    }

    /** The version of EfficientNet4J that runs. */
    public static String toolkitVersion() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The JVM that runs. */
    public static String javaVersion() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
    }

    /** The operating system that it runs on. */
    public static String systemVersion() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }
}
