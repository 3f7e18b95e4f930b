package org.efficientnet4j.cli.search;

import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.objective.ProxyFit;
import org.efficientnet4j.search.objective.ProxySettings;
import picocli.CommandLine.Option;

/** Options of the proxy training; part of the study. */
final class ProxyOptions {
    @Option(names = "--data", paramLabel = "SOURCE", description = "The images, as for train.")
    private String data;

    @Option(
            names = "--proxy-size",
            paramLabel = "N",
            defaultValue = "48",
            description = "Image size of the base network's training, pixels (${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--proxy-epochs",
            paramLabel = "N",
            defaultValue = "4",
            description = "Passes over the images (${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--proxy-examples",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Training images at most; 0 for all (${DEFAULT-VALUE}).")
    private int examples;

    @Option(
            names = "--proxy-validation",
            paramLabel = "N",
            defaultValue = "0",
            description = "Images to choose by at most; 0 for all (${DEFAULT-VALUE}).")
    private int validation;

    @Option(
            names = "--proxy-width",
            paramLabel = "X",
            defaultValue = "0.5",
            description = "Multiplies every network's channels (${DEFAULT-VALUE}).")
    private double width;

    @Option(
            names = "--proxy-batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "Images a step (${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--proxy-learning-rate",
            paramLabel = "X",
            defaultValue = "0",
            description = "The peak; 0 for the optimiser's default (${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--proxy-fit",
            paramLabel = "NAME",
            defaultValue = "matched",
            description =
                    "How the stand-in's size and channels follow from the trial's: ${COMPLETION-CANDIDATES}; matched"
                            + " moves them by as little as keeps the MACs in the whole networks' ratio (${DEFAULT-VALUE}).")
    private ProxyFit.Sizing fit;

    @Option(
            names = "--proxy-stride",
            paramLabel = "N",
            defaultValue = "0",
            description = "The stand-ins' total stride, e.g. 8 for pictures of 32 px: the first stages keep their"
                    + " resolution; 0 for the network's own (${DEFAULT-VALUE}).")
    private int stride;

    @Option(
            names = "--selection",
            paramLabel = "X",
            defaultValue = "0.2",
            description =
                    "Share of the training images held out to choose by, so that the data's own held-out images stay"
                            + " untouched; 0 to choose by those (${DEFAULT-VALUE}).")
    private double selection;

    @Option(
            names = "--seeds-per-trial",
            paramLabel = "N",
            defaultValue = "1",
            description = "Trainings of a trial, whose mean counts (${DEFAULT-VALUE}).")
    private int seedsPerTrial;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "The first training's seed, and the search's (${DEFAULT-VALUE}).")
    private long seed;

    /** Created by picocli. */
    ProxyOptions() {}

    boolean hasData() {
        return data != null;
    }

    long seed() {
        return seed;
    }

    /** The settings; a dry run without images takes generated ones. */
    ProxySettings settings() {
        return new ProxySettings(
                hasData() ? data : "shapes",
                size,
                examples,
                validation,
                epochs,
                batch,
                width,
                learningRate,
                new ProxyFit(fit, stride),
                selection);
    }

    int seedsPerTrial() {
        if (seedsPerTrial < 1) {
            throw new InvalidInputException("--seeds-per-trial must be at least 1, found " + seedsPerTrial);
        }
        return seedsPerTrial;
    }
}
