package org.efficientnet4j.train.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.efficientnet4j.core.InvalidInputException;

/** The YAML form of the list of phases. */
final class PhasePlanType {
    static final OptionType<List<PhasePlan>> PLAN = new OptionType<>(
            "a list of phases, each with size and epochs",
            node -> node.isArray() ? Optional.of(readAll(node)) : Optional.empty(),
            PhasePlanType::writeAll);

    private static final String PATH = "progressive.plan";
    private static final Set<String> KEYS =
            Set.of("size", "epochs", "batch", "dropout", "dropConnectRate", "randAugment", "mixup", "cutmix");

    private PhasePlanType() {}

    private static List<PhasePlan> readAll(JsonNode list) {
        List<PhasePlan> plans = new ArrayList<>();
        for (JsonNode item : list) {
            plans.add(read(PATH + "[" + plans.size() + "]", item));
        }
        return plans;
    }

    private static PhasePlan read(String path, JsonNode item) {
        for (Iterator<String> names = item.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KEYS.contains(name)) {
                throw new InvalidInputException("Unknown key '" + path + "." + name + "'; a phase has "
                        + String.join(", ", KEYS.stream().sorted().toList()));
            }
        }
        return new PhasePlan(
                required(path, item, "size"),
                required(path, item, "epochs"),
                optional(path, item, "batch", OptionType.INTEGER),
                optional(path, item, "dropout", OptionType.NUMBER),
                optional(path, item, "dropConnectRate", OptionType.NUMBER),
                optional(path, item, "randAugment", OptionType.NUMBER),
                optional(path, item, "mixup", OptionType.NUMBER),
                optional(path, item, "cutmix", OptionType.NUMBER));
    }

    private static int required(String path, JsonNode item, String name) {
        return optional(path, item, name, OptionType.INTEGER)
                .orElseThrow(() -> new InvalidInputException(path + "." + name + " is missing: every phase needs one"));
    }

    private static <T> Optional<T> optional(String path, JsonNode item, String name, OptionType<T> type) {
        JsonNode value = item.get(name);
        return value == null ? Optional.empty() : Optional.of(type.read(path + "." + name, value));
    }

    private static JsonNode writeAll(List<PhasePlan> plans) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (PhasePlan plan : plans) {
            ObjectNode item = list.addObject();
            item.put("size", plan.size());
            item.put("epochs", plan.epochs());
            plan.batch().ifPresent(value -> item.put("batch", value));
            plan.dropout().ifPresent(value -> item.put("dropout", value));
            plan.dropConnectRate().ifPresent(value -> item.put("dropConnectRate", value));
            plan.randAugment().ifPresent(value -> item.put("randAugment", value));
            plan.mixup().ifPresent(value -> item.put("mixup", value));
            plan.cutmix().ifPresent(value -> item.put("cutmix", value));
        }
        return list;
    }
}
