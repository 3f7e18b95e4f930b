package org.efficientnet4j.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The published block strings, {@code r4_k3_s2_e4_i24_o48_c1} or {@code r6_k3_s2_e4_i64_o128_se0.25}: repeats, kernel,
 * stride, expand ratio, input and output channels, {@code c1} for Fused-MBConv, {@code se} for squeeze-excite.
 *
 * <p>Reading is strict: an unknown, repeated or missing key, a malformed number, or input channels that differ from the
 * previous block's output are errors that name the block and the key.
 *
 * <p>Source: google/automl, {@code efficientnetv2/effnetv2_configs.py}.
 */
public final class BlockNotation {
    private static final Set<String> REQUIRED = Set.of("r", "k", "s", "e", "i", "o");
    private static final Set<String> OPTIONAL = Set.of("c", "se");
    private static final Pattern FIELD = Pattern.compile("([a-zA-Z]+)(.*)");
    private static final int CONV_TYPE_FUSED = 1;

    private BlockNotation() {}

    /**
     * Reads the blocks of a network.
     *
     * @param stemChannels what the first block's {@code i} must be
     * @param blocks one string a stage, in order
     * @throws InvalidInputException naming the block and the key at fault
     */
    public static List<StageSpec> parse(int stemChannels, List<String> blocks) {
        List<StageSpec> stages = new ArrayList<>();
        int channels = stemChannels;
        for (String block : blocks) {
            Map<String, String> fields = fields(block);
            int in = integer(block, "i", fields);
            if (in != channels) {
                throw new InvalidInputException("Block '" + block + "', key 'i': its input has " + channels
                        + " channels (the output before it), found i" + in);
            }
            StageSpec stage = stage(block, fields);
            stages.add(stage);
            channels = stage.outChannels();
        }
        return stages;
    }

    /**
     * Writes stages as block strings that {@link #parse} reads back.
     *
     * @param stemChannels the first block's input channels
     */
    public static List<String> format(int stemChannels, List<StageSpec> stages) {
        List<String> blocks = new ArrayList<>();
        int channels = stemChannels;
        for (StageSpec stage : stages) {
            blocks.add("r" + stage.repeats() + "_k" + stage.kernel() + "_s" + stage.stride() + "_e"
                    + stage.expandRatio() + "_i" + channels + "_o" + stage.outChannels()
                    + (stage instanceof FusedMBConvStage ? "_c1" : "")
                    + (stage.squeezeExciteRatio() > 0 ? "_se" + stage.squeezeExciteRatio() : ""));
            channels = stage.outChannels();
        }
        return blocks;
    }

    private static StageSpec stage(String block, Map<String, String> fields) {
        int repeats = integer(block, "r", fields);
        int kernel = integer(block, "k", fields);
        int stride = integer(block, "s", fields);
        int expand = integer(block, "e", fields);
        int out = integer(block, "o", fields);
        double squeezeExcite = fields.containsKey("se") ? decimal(block, "se", fields) : 0;
        int convType = fields.containsKey("c") ? integer(block, "c", fields) : 0;
        if (convType != 0 && convType != CONV_TYPE_FUSED) {
            throw new InvalidInputException(
                    "Block '" + block + "', key 'c': must be 0 (MBConv) or 1 (Fused-MBConv), found " + convType);
        }
        try {
            return convType == CONV_TYPE_FUSED
                    ? new FusedMBConvStage(repeats, kernel, stride, expand, out, squeezeExcite)
                    : new MBConvStage(repeats, kernel, stride, expand, out, squeezeExcite);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("Block '" + block + "': " + e.getMessage(), e);
        }
    }

    private static Map<String, String> fields(String block) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String part : block.strip().split("_", -1)) {
            Matcher matcher = FIELD.matcher(part);
            if (!matcher.matches()) {
                throw new InvalidInputException(
                        "Block '" + block + "': each part is a key and a number such as k3, found '" + part + "'");
            }
            String key = matcher.group(1);
            if (!REQUIRED.contains(key) && !OPTIONAL.contains(key)) {
                throw new InvalidInputException(
                        "Block '" + block + "': unknown key '" + key + "'; known are r, k, s, e, i, o, c, se");
            }
            if (fields.putIfAbsent(key, matcher.group(2)) != null) {
                throw new InvalidInputException("Block '" + block + "': key '" + key + "' stands twice");
            }
        }
        for (String key : REQUIRED) {
            if (!fields.containsKey(key)) {
                throw new InvalidInputException("Block '" + block + "': key '" + key + "' is missing");
            }
        }
        return fields;
    }

    private static int integer(String block, String key, Map<String, String> fields) {
        String text = fields.get(key);
        try {
            if (text.matches("[0-9]+")) {
                return Integer.parseInt(text);
            }
        } catch (NumberFormatException tooLong) {
            throw malformed(block, key, "a whole number", text, tooLong);
        }
        throw malformed(block, key, "a whole number", text, null);
    }

    private static double decimal(String block, String key, Map<String, String> fields) {
        String text = fields.get(key);
        if (!text.matches("[0-9]*\\.?[0-9]+")) {
            throw malformed(block, key, "a decimal number", text, null);
        }
        return Double.parseDouble(text);
    }

    private static InvalidInputException malformed(
            String block, String key, String wanted, String text, Throwable cause) {
        return new InvalidInputException(
                "Block '" + block + "', key '" + key + "': must be " + wanted + ", found '" + text + "'", cause);
    }
}
