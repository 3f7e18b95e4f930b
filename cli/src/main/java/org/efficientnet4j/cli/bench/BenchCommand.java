package org.efficientnet4j.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.benchmark.BenchmarkMode;
import org.efficientnet4j.benchmark.BenchmarkSettings;
import org.efficientnet4j.benchmark.NetworkBenchmark;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.NamedModel;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.models.ModelDefinition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet bench}: how fast this machine trains and applies a network, and how fast its peers are. */
@Command(
        name = "bench",
        description = "Measures images a second and peak memory here; with --peers, PyTorch's and stock DL4J's too.",
        footer = {
            "",
            "Examples:",
            "  effnet bench",
            "  effnet bench efficientnet_b0 --batch 32 --mode train --peers",
            "  effnet bench efficientnet_b0 --batch 1 --mode infer --peer benchmarks/peers/onnxruntime"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final String DEFAULT_MODEL = "efficientnet_b0";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "MODEL",
            arity = "0..1",
            description = "A name of 'effnet models'; without one, a table of common cases.")
    private NamedModel model;

    @Option(names = "--batch", paramLabel = "N", description = "Images a step (8).")
    private Integer batch;

    @Option(names = "--size", paramLabel = "N", description = "Image height and width in pixels (the model's own).")
    private Integer size;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "20",
            description = "Steps a measurement (${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "Unmeasured seconds before, for the JIT compiler (${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (the processors).")
    private Integer threads;

    @Option(names = "--mode", paramLabel = "train|infer", description = "What a step is (train).")
    private BenchmarkMode mode;

    @Option(names = "--peers", description = "Run PyTorch, where it is found, and stock DL4J in turn and print ratios.")
    private boolean peers;

    @Option(
            names = "--without-stock",
            description = "With --peers: leave out stock DL4J, whose steps take from seconds to minutes.")
    private boolean withoutStock;

    @Option(
            names = "--peer",
            paramLabel = "PROGRAM",
            description = "Another program to run in turn: started with MODEL MODE BATCH SIZE STEPS WARM_UP THREADS, it"
                    + " prints JSON as this command does. benchmarks/peers has some. May be repeated.")
    private List<Path> programs = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "With peers: turns of each; medians are shown (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--checkpoint-activations",
            paramLabel = "WHAT",
            arity = "0..1",
            fallbackValue = "blocks",
            description = "Train with less memory, as 'effnet train' does: blocks, cheap or off (off).")
    private ActivationCheckpointing checkpointing = ActivationCheckpointing.OFF;

    @Option(names = "--stock", description = "Measure DL4J's own layers instead of the toolkit's.")
    private boolean stock;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Created by the command line. */
    public BenchCommand() {}

    @Override
    public Integer call() {
        if (rounds < 1) {
            throw new InvalidInputException("--rounds must be at least 1, found " + rounds);
        }
        if (compares() && stock) {
            throw new InvalidInputException("--stock is one of the peers: give --peers or --stock");
        }
        if (withoutStock && !peers) {
            throw new InvalidInputException("--without-stock leaves out one of the peers: give --peers with it");
        }
        for (Path program : programs) {
            if (!Files.isExecutable(program)) {
                throw new InvalidInputException("--peer must name a program that can be started, found " + program);
            }
        }
        List<BenchmarkSettings> rows = rows();
        Backend.requireUsable();
        List<BenchReport> reports = rows.stream().map(this::measure).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonOutput.format(model == null ? reports : reports.get(0)));
        } else {
            out.print(table(reports));
            reports.stream()
                    .flatMap(report -> report.peers().stream())
                    .filter(peer -> !peer.skipped().isEmpty())
                    .map(peer -> "Skipped " + peer.name() + ": " + peer.skipped())
                    .distinct()
                    .forEach(out::println);
        }
        return ExitCode.OK;
    }

    private List<BenchmarkSettings> rows() {
        if (model != null) {
            return List.of(settings(model, Optional.ofNullable(mode).orElse(BenchmarkMode.TRAIN), 8, null));
        }
        List<BenchmarkSettings> rows = new ArrayList<>();
        if (mode != BenchmarkMode.INFER) {
            rows.add(settings(new NamedModel(DEFAULT_MODEL), BenchmarkMode.TRAIN, 8, 128));
            rows.add(settings(new NamedModel(DEFAULT_MODEL), BenchmarkMode.TRAIN, 8, 224));
            rows.add(settings(new NamedModel("efficientnet_v2_s"), BenchmarkMode.TRAIN, 8, 128));
        }
        if (mode != BenchmarkMode.TRAIN) {
            rows.add(settings(new NamedModel(DEFAULT_MODEL), BenchmarkMode.INFER, 1, 224));
            rows.add(settings(new NamedModel(DEFAULT_MODEL), BenchmarkMode.INFER, 8, 224));
        }
        return rows;
    }

    private BenchmarkSettings settings(NamedModel model, BenchmarkMode chosen, int usualBatch, Integer usualSize) {
        ModelDefinition definition = model.definition();
        int own = chosen == BenchmarkMode.TRAIN ? definition.trainSize() : definition.evalSize();
        return new BenchmarkSettings(
                definition,
                chosen,
                Optional.ofNullable(batch).orElse(usualBatch),
                Optional.ofNullable(size)
                        .or(() -> Optional.ofNullable(usualSize))
                        .orElse(own),
                steps,
                warmUp,
                Optional.ofNullable(threads).orElse(Runtime.getRuntime().availableProcessors()),
                checkpointing,
                stock);
    }

    private boolean compares() {
        return peers || !programs.isEmpty();
    }

    private BenchReport measure(BenchmarkSettings settings) {
        if (model != null && !compares()) {
            return Comparison.report(settings, NetworkBenchmark.run(settings), List.of());
        }
        PrintWriter err = spec.commandLine().getErr();
        Comparison comparison = new Comparison(name -> err.printf(
                "%s, %s, batch %d at %d: %s%n",
                settings.model().name(), Contender.mode(settings), settings.batch(), settings.size(), name));
        Contender ours = stock ? Contender.stock(settings) : Contender.ours(settings);
        if (!compares()) {
            comparison.round(List.of(ours));
            return comparison.report(settings, ours, List.of());
        }
        return compare(settings, comparison, ours);
    }

    private BenchReport compare(BenchmarkSettings settings, Comparison comparison, Contender ours) {
        List<Contender> turns = new ArrayList<>(List.of(ours));
        programs.forEach(program -> turns.add(Contender.program(settings, program)));
        if (!peers) {
            return compare(settings, comparison, turns, List.of());
        }
        try {
            Path script = Files.createTempFile("effnet-torch", ".py");
            try (InputStream source = BenchCommand.class.getResourceAsStream("torch_bench.py")) {
                Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
                turns.addAll(Contender.torch(settings, Pythons.withTorch(System.getenv()), script));
                List<Contender> once = withoutStock ? List.of() : List.of(Contender.stock(settings));
                return compare(settings, comparison, turns, once);
            } finally {
                Files.deleteIfExists(script);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BenchReport compare(
            BenchmarkSettings settings, Comparison comparison, List<Contender> turns, List<Contender> once) {
        for (int round = 0; round < rounds; round++) {
            comparison.round(turns);
        }
        comparison.round(once);
        List<Contender> others = new ArrayList<>(turns.subList(1, turns.size()));
        others.addAll(once);
        return comparison.report(settings, turns.get(0), others);
    }

    private static TextTable table(List<BenchReport> reports) {
        TextTable table =
                new TextTable("model", "mode", "batch", "size", "by", "images/s", "best", "peak MiB", "ours is");
        for (BenchReport report : reports) {
            table.row(
                    report.model(),
                    report.mode(),
                    report.batch(),
                    report.size(),
                    report.inference().isEmpty() ? report.provider() : report.provider() + ", " + report.inference(),
                    rate(report.imagesPerSecond()),
                    rate(report.bestImagesPerSecond()),
                    report.peakResidentMegabytes(),
                    "");
            for (BenchReport.Peer peer : report.peers()) {
                if (peer.skipped().isEmpty()) {
                    table.row(
                            "",
                            "",
                            "",
                            "",
                            peer.name(),
                            rate(peer.imagesPerSecond()),
                            rate(peer.bestImagesPerSecond()),
                            peer.peakResidentMegabytes(),
                            String.format(Locale.ROOT, "%.2f x", peer.ratio()));
                }
            }
        }
        return table;
    }

    private static String rate(double imagesPerSecond) {
        return String.format(Locale.ROOT, "%.1f", imagesPerSecond);
    }
}
