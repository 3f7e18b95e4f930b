package org.efficientnet4j.search.specification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.objective.ProxyFit;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.pruner.HyperbandPruner;
import org.efficientnet4j.search.pruner.MedianPruner;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.pruner.SuccessiveHalvingPruner;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.Counts;
import org.efficientnet4j.search.space.Range;

/**
 * The flags of {@code effnet search}, by which version 0 kept what a search is. Those with a default are all there; the
 * base network is a name, or the path of a file that may have gone since.
 */
final class FlagSettings {
    /** The key of the command's name. */
    static final String SEARCH = "search";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COMPLETE_BEFORE_MEDIAN = 5;

    private final Map<String, String> flags;

    private FlagSettings(Map<String, String> flags) {
        this.flags = flags;
    }

    static FlagSettings read(String settings) {
        try {
            return new FlagSettings(JSON.readValue(settings, new TypeReference<TreeMap<String, String>>() {}));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("The study was not begun by effnet search: name another --study", e);
        }
    }

    /** The flags that mean a search. */
    static Map<String, String> of(StudySpecification study) {
        Map<String, String> flags = new TreeMap<>(study.space().flags());
        flags.put("--base", study.base().name());
        flags.put("--classes", String.valueOf(study.classes()));
        CostLimits limits = study.budgets().cost();
        if (limits.maxMacs() < Long.MAX_VALUE) {
            flags.put("--budget-macs", String.valueOf(limits.maxMacs()));
        }
        if (limits.maxActivationBytes() < Long.MAX_VALUE) {
            flags.put("--budget-memory", String.valueOf(limits.maxActivationBytes()));
        }
        study.budgets().latencyMillis().ifPresent(millis -> flags.put("--budget-latency", String.valueOf(millis)));
        if (!study.space().exhaustive()) {
            flags.put("--trials", String.valueOf(study.trials()));
        }
        ProxyFlags.put(flags, study.proxy());
        flags.put("--seed", String.valueOf(study.seed()));
        flags.put("--seeds-per-trial", String.valueOf(study.seedsPerTrial()));
        if (study.space() instanceof BlockSearch) {
            putReward(flags, study.reward());
        }
        putPruner(flags, study.pruner());
        return flags;
    }

    private static void putReward(Map<String, String> flags, Reward reward) {
        if (reward instanceof Reward.Mnas mnas) {
            flags.put("--reward", "mnas");
            flags.put("--target-macs", String.valueOf(mnas.targetMacs()));
        } else {
            flags.put("--reward", reward instanceof Reward.V2 ? "v2" : "accuracy");
        }
    }

    private static void putPruner(Map<String, String> flags, Pruner pruner) {
        if (pruner instanceof MedianPruner median) {
            flags.put("--pruner", "median");
            flags.put("--pruner-warmup", String.valueOf(median.warmup()));
        } else if (pruner instanceof SuccessiveHalvingPruner asha) {
            flags.put("--pruner", "asha");
            flags.put("--pruner-warmup", String.valueOf(asha.first()));
            flags.put("--pruner-factor", String.valueOf(asha.factor()));
        } else if (pruner instanceof HyperbandPruner hyperband) {
            flags.put("--pruner", "hyperband");
            flags.put("--pruner-warmup", String.valueOf(hyperband.first()));
            flags.put("--pruner-factor", String.valueOf(hyperband.factor()));
        } else {
            flags.put("--pruner", "none");
        }
    }

    StudySpecification specification() {
        SpaceSpecification space = space();
        return new StudySpecification(
                base(),
                integer("--classes"),
                space,
                budgets(),
                space.exhaustive() ? 0 : integer("--trials"),
                proxy(),
                reward(),
                pruner(),
                number("--seed", Long::parseLong),
                integer("--seeds-per-trial"));
    }

    Budgets budgets() {
        return new Budgets(
                new CostLimits(count("--budget-macs"), count("--budget-memory")), optional("--budget-latency"));
    }

    int epochs() {
        return Math.max(1, integer("--proxy-epochs"));
    }

    Reward reward() {
        if (!flags.containsKey("--reward")) {
            return Reward.accuracy();
        }
        return switch (text("--reward")) {
            case "mnas" -> Reward.mnas(count("--target-macs"));
            case "v2" -> Reward.v2();
            case "accuracy" -> Reward.accuracy();
            default -> throw unknown("--reward");
        };
    }

    private ModelDefinition base() {
        String base = text("--base");
        try {
            return ModelCatalog.find(base);
        } catch (InvalidInputException e) {
            if (!ArchitectureFile.isOne(base)) {
                throw e;
            }
            throw new InvalidInputException(
                    "The study is of version 0 and knows its base network as the file " + base + " only ("
                            + e.getMessage() + "): bring the file back, or start in the folder the search was begun in",
                    e);
        }
    }

    private SpaceSpecification space() {
        return switch (text(SEARCH)) {
            case "grid" -> grid();
            case "phi" ->
                new ScalingSearch(
                        range("--alpha"),
                        range("--beta"),
                        range("--gamma"),
                        range("--phi"),
                        Arrays.stream(ScalingSearch.Sampling.values())
                                .filter(name -> name.name().equals(text("--sampler")))
                                .findFirst()
                                .orElseThrow(() -> unknown("--sampler")));
            case "blocks" -> new BlockSearch(integer("--max-layers"), blockSampling());
            case "dimensions" -> {
                List<Double> compound = decimals("--coefficients");
                if (compound.size() != 3) {
                    throw unknown("--coefficients");
                }
                yield new DimensionSearch(
                        decimals("--phis"), new Coefficients(compound.get(0), compound.get(1), compound.get(2)));
            }
            default -> throw unknown(SEARCH);
        };
    }

    private GridSearch grid() {
        OptionalDouble ratio = optional("--target-macs-ratio");
        double tolerance = decimal("--tolerance");
        CoefficientGrid widest = ratio.isPresent()
                ? CoefficientGrid.nearMacs(ratio.getAsDouble(), tolerance, decimal("--step"))
                : CoefficientGrid.near(decimal("--target"), tolerance, decimal("--step"));
        CoefficientGrid grid = new CoefficientGrid(
                widest.target(),
                widest.tolerance(),
                widest.step(),
                optional("--max-alpha").orElse(widest.maxAlpha()),
                optional("--max-beta").orElse(widest.maxBeta()),
                optional("--max-gamma").orElse(widest.maxGamma()));
        return new GridSearch(
                grid, decimal("--phi"), ratio.isPresent() ? GridSearch.Admission.macs : GridSearch.Admission.product);
    }

    private BlockSearch.Sampling blockSampling() {
        return switch (text("--sampler")) {
            case "random" -> new BlockSearch.ByChance();
            case "evolution" -> new BlockSearch.Evolution(integer("--population"), integer("--sample"));
            case "genetic" -> new BlockSearch.Genetic(integer("--population"));
            default -> throw unknown("--sampler");
        };
    }

    private ProxySettings proxy() {
        return new ProxySettings(
                text("--data"),
                integer("--proxy-size"),
                integer("--proxy-examples"),
                integer("--proxy-validation"),
                integer("--proxy-epochs"),
                integer("--proxy-batch"),
                decimal("--proxy-width"),
                decimal("--proxy-learning-rate"),
                fit(),
                optional("--selection").orElse(0));
    }

    /** Version 0 knew proportional stand-ins of the network's own stride. */
    private ProxyFit fit() {
        if (!flags.containsKey("--proxy-fit")) {
            return ProxyFit.PROPORTIONAL;
        }
        ProxyFit.Sizing sizing = Arrays.stream(ProxyFit.Sizing.values())
                .filter(name -> name.name().equals(text("--proxy-fit")))
                .findFirst()
                .orElseThrow(() -> unknown("--proxy-fit"));
        return new ProxyFit(sizing, integer("--proxy-stride"));
    }

    private Pruner pruner() {
        return switch (text("--pruner")) {
            case "none" -> Pruner.NONE;
            case "median" -> new MedianPruner(integer("--pruner-warmup"), COMPLETE_BEFORE_MEDIAN);
            case "asha" -> new SuccessiveHalvingPruner(integer("--pruner-warmup"), integer("--pruner-factor"));
            case "hyperband" ->
                new HyperbandPruner(integer("--pruner-warmup"), integer("--pruner-factor"), integer("--proxy-epochs"));
            default -> throw unknown("--pruner");
        };
    }

    private String text(String flag) {
        String value = flags.get(flag);
        if (value == null) {
            throw new InvalidInputException(
                    "A study of version 0 must keep '" + flag + "', found none: name another --study");
        }
        return value;
    }

    private InvalidInputException unknown(String flag) {
        return new InvalidInputException("A study of version 0 must keep a known value of '" + flag + "', found '"
                + flags.get(flag) + "': name another --study");
    }

    private int integer(String flag) {
        return number(flag, Integer::parseInt);
    }

    private double decimal(String flag) {
        return number(flag, Double::parseDouble);
    }

    private OptionalDouble optional(String flag) {
        return flags.containsKey(flag) ? OptionalDouble.of(decimal(flag)) : OptionalDouble.empty();
    }

    private List<Double> decimals(String flag) {
        return number(
                flag,
                text -> Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList());
    }

    private Range range(String flag) {
        return Range.parse(flag, text(flag));
    }

    private long count(String flag) {
        return Counts.parse(flag, flags.get(flag));
    }

    private interface Parser<T> {
        T parse(String text);
    }

    private <T> T number(String flag, Parser<T> parser) {
        try {
            return parser.parse(text(flag));
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    "A study of version 0 must keep a number as '" + flag + "', found '" + flags.get(flag) + "'", e);
        }
    }
}
