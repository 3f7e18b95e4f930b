package org.efficientnet4j.cli.commands;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.TensorInfo;
import org.efficientnet4j.weights.WeightFiles;

/** The process on the broken disk: reads one file after the other with a bad sector here and there. */
final class BrokenDiskRuns {
    /** Variable with the file that tells the disk its bad sector. */
    static final String CONTROL = "BROKEN_DISK";

    static final String DONE = "All files read.";

    /** Bad sectors tried of each file, from its first byte to its last. */
    private static final int PLACES = 5;

    private static final Path WEIGHTS = Path.of("../toolkit/weights/src/test/resources");

    private final Path folder;
    private final Path control = Path.of(System.getenv(CONTROL));

    private BrokenDiskRuns(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        new BrokenDiskRuns(Path.of(arguments[0])).run();
    }

    private void run() throws IOException {
        String architecture = padded("network.yaml", TinyArchitecture.TEXT);
        Path run = trained(architecture);
        String model = run.resolve("model.zip").toString();
        read("model.zip", run.resolve("model.zip"), () -> CommandLineRun.of("summary", model, "--json"));
        read("evaluated model.zip", run.resolve("model.zip"), () -> evaluated(model));
        read("architecture", Path.of(architecture), () -> CommandLineRun.of("summary", architecture, "--json"));
        String settings = padded("config.yaml", "data:\n  size: 32\n");
        read("settings", Path.of(settings), () -> dryRun("--data", "shapes:20", "--config", settings));
        Path table = table();
        read("table", table, () -> dryRun("--data", "csv:" + table + ":" + folder.resolve("images")));
        Path image = folder.resolve("images").resolve("1.png");
        read("image", image, () -> CommandLineRun.of("predict", model, image.toString(), "--json"));
        Path weights = folder.resolve("weights.safetensors");
        requireGood(CommandLineRun.of("export", model, "--safetensors", weights.toString()));
        read("safetensors", weights, () -> tensors(weights));
        for (String name :
                List.of("torch/state.pth", "torch/legacy.pth", "torch/kinds.pth", "keras/tiny-v1/whole.h5")) {
            Path file = WEIGHTS.resolve(name).toRealPath();
            read(name, file, () -> tensors(file));
        }
        study(architecture);
        checkpoints(run);
        System.out.println(DONE);
    }

    /** As it is, and with bad sectors: the same is printed, or the file is named and nothing printed. */
    private void read(String name, Path file, Supplier<CommandLineRun> action) throws IOException {
        CommandLineRun whole = action.get();
        requireGood(whole);
        int refused = 0;
        for (long sector : sectors(file)) {
            breakAt(file, sector);
            CommandLineRun run = action.get();
            Files.delete(control);
            boolean well = run.code() == 0 && run.out().equals(whole.out());
            boolean told = run.code() == ExitCode.BAD_INPUT
                    && run.out().isEmpty()
                    && run.err().contains(file.getFileName().toString())
                    && !run.err().contains("\tat ")
                    && !run.err().contains("effnet failed");
            refused += told ? 1 : 0;
            System.out.printf(
                    "%s %s at byte %d: %d %s%n", well || told ? "Ok" : "WRONG", name, sector, run.code(), run.err());
        }
        System.out.printf("%s %s: refused %d times%n", refused > 0 ? "Ok" : "WRONG", name, refused);
    }

    private static List<Long> sectors(Path file) throws IOException {
        long last = Files.size(file) - 1;
        return Stream.iterate(0L, place -> place < PLACES, place -> place + 1)
                .map(place -> last * place / (PLACES - 1) / 512 * 512)
                .distinct()
                .toList();
    }

    private void breakAt(Path file, long sector) throws IOException {
        Path next = control.resolveSibling("control.new");
        Files.writeString(next, Files.getAttribute(file, "unix:ino") + " " + sector + "\n");
        Files.move(next, control, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void requireGood(CommandLineRun run) {
        if (run.code() != 0) {
            throw new IllegalStateException("Must do on a good disk, found " + run.code() + ": " + run.err());
        }
    }

    private static CommandLineRun evaluated(String model) {
        return CommandLineRun.of("evaluate", model, "--data", "shapes:40", "--part", "all", "--json");
    }

    private static CommandLineRun dryRun(String... more) {
        List<String> words = new ArrayList<>(List.of("train", "lenet", "--dry-run"));
        words.addAll(Arrays.asList(more));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    private static CommandLineRun tensors(Path file) {
        StringBuilder out = new StringBuilder();
        try (TensorFile tensors = WeightFiles.open(file)) {
            for (TensorInfo tensor : tensors.tensors()) {
                if (tensor.type().equals("F32")) {
                    out.append(Arrays.hashCode(tensors.read(tensor.name()))).append('\n');
                }
            }
        } catch (InvalidInputException refused) {
            return new CommandLineRun(ExitCode.BAD_INPUT, "", refused.getMessage());
        }
        return new CommandLineRun(0, out.toString(), "");
    }

    /** More than one sector of text. */
    private String padded(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text + "# a comment\n".repeat(200))
                .toString();
    }

    private Path trained(String architecture) {
        Path run = folder.resolve("run");
        requireGood(CommandLineRun.of(("train " + architecture + " --data shapes:60 --size 32 --epochs 2 --batch 16"
                        + " --workers 1 --out " + run)
                .split(" ")));
        return run;
    }

    private Path table() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("image,label\n");
        for (int i = 0; i < 300; i++) {
            BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 1024; pixel++) {
                image.setRGB(pixel % 32, pixel / 32, random.nextInt());
            }
            ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
            rows.append(i).append(".png,").append(i % 3).append('\n');
        }
        return Files.writeString(folder.resolve("labels.csv"), rows);
    }

    private void study(String architecture) throws IOException {
        Path study = folder.resolve("study.db");
        requireGood(CommandLineRun.of(("search grid --base " + architecture + " --data shapes:60 --study " + study
                        + " --proxy-size 16 --proxy-width 1 --proxy-epochs 1 --proxy-examples 32 --step 0.5")
                .split(" ")));
        read("study", study, () -> CommandLineRun.of("search", "list", "--study", study.toString(), "--json"));
        read("best", study, () -> CommandLineRun.of("search", "best", "--study", study.toString(), "--json"));
    }

    /** Runs whose last checkpoint has a bad sector go on from the one before, and say so. */
    private void checkpoints(Path run) throws IOException {
        List<Long> sectors = sectors(run.resolve("checkpoints").resolve("last.zip"));
        for (int i = 0; i < sectors.size(); i++) {
            Path copy = folder.resolve("run-" + i);
            copy(run, copy);
            Path last = copy.resolve("checkpoints").resolve("last.zip");
            Files.createLink(folder.resolve("held-" + i), last); // or its inode's number would go to a new file
            breakAt(last, sectors.get(i));
            CommandLineRun resumed = CommandLineRun.of("train", "--resume", "--out", copy.toString());
            Files.delete(control);
            boolean told = resumed.code() == 0 && resumed.err().contains("epoch-0001.zip instead, after epoch 1");
            System.out.printf(
                    "%s checkpoint at byte %d: %d %s%n",
                    told ? "Ok" : "WRONG", sectors.get(i), resumed.code(), resumed.err());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
