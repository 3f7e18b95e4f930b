package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.TensorInfo;
import org.efficientnet4j.weights.WeightFiles;
import org.efficientnet4j.weights.names.WeightSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whose weights a file has: told by the user, or recognised by the tensors' names. */
final class SourceFlag {
    private static final String RECOGNISED = "auto";

    @Option(
            names = "--source",
            paramLabel = "LIBRARY",
            converter = Libraries.class,
            description =
                    "Whose weights they are: torchvision, timm, keras or efficientnet-pytorch (auto: told by the tensors'"
                            + " names).")
    private WeightSource source;

    @Option(
            names = "--checkpoint-key",
            paramLabel = "KEY",
            description =
                    "Which weights of a checkpoint to take, such as model or model_ema (the averaged ones where there"
                            + " are such).")
    private String checkpointKey;

    /** Created by picocli. */
    SourceFlag() {}

    /** Opens a weight file and tells what was chosen and left out of it. */
    TensorFile open(Path weights, PrintWriter err) {
        TensorFile file = WeightFiles.open(weights, Optional.ofNullable(checkpointKey));
        file.remarks().forEach(remark -> err.println(Printable.line(remark + ".")));
        return file;
    }

    /** Names of libraries; {@code auto} is none. */
    static final class Libraries implements ITypeConverter<WeightSource> {
        @Override
        public WeightSource convert(String text) {
            String wanted = text.toLowerCase(Locale.ROOT).replace('_', '-');
            if (wanted.equals(RECOGNISED)) {
                return null;
            }
            return Arrays.stream(WeightSource.values())
                    .filter(each -> each.toString().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected one of " + RECOGNISED + ", "
                            + Arrays.stream(WeightSource.values())
                                    .map(WeightSource::toString)
                                    .collect(Collectors.joining(", "))
                            + ", found '" + text + "'"));
        }
    }

    /** The library of a file. */
    WeightSource of(TensorFile file, ModelDefinition model) {
        return Optional.ofNullable(source)
                .orElseGet(() -> WeightSource.recognize(
                        file.tensors().stream().map(TensorInfo::name).toList(), model));
    }
}
