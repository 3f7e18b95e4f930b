package org.efficientnet4j.weights.names;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.Families;
import org.efficientnet4j.models.Family;
import org.efficientnet4j.models.Library;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ModuleNames;
import org.efficientnet4j.plan.NetworkPlan;

/**
 * The libraries whose weights are understood. A model's family knows the library's names and conventions; the library's way
 * of storing them is here.
 */
public enum WeightSource {
    /** torchvision. */
    TORCHVISION(Library.TORCHVISION) {
        @Override
        List<NameMap> ways(ModuleNames modules) {
            return List.of(new TorchNames(modules));
        }
    },
    /** timm. */
    TIMM(Library.TIMM) {
        @Override
        List<NameMap> ways(ModuleNames modules) {
            return List.of(new TorchNames(modules));
        }
    },
    /** keras.applications, whose files of EfficientNet V1 bring their {@link #normalization}. */
    KERAS(Library.KERAS) {
        @Override
        List<NameMap> ways(ModuleNames modules) {
            return List.of(KerasNames.named(modules), KerasNames.counted(modules));
        }

        @Override
        public Optional<Normalization> normalization(Collection<String> tensors, Function<String, float[]> values) {
            return KerasNormalization.of(tensors, values);
        }
    },
    /** EfficientNet-PyTorch. */
    EFFICIENTNET_PYTORCH(Library.EFFICIENTNET_PYTORCH) {
        @Override
        List<NameMap> ways(ModuleNames modules) {
            return List.of(new TorchNames(modules));
        }
    };

    private static final int SHOWN = 3;

    private final Library library;

    WeightSource(Library library) {
        this.library = library;
    }

    /** The ways in which the library's files name parameters, the usual one first. */
    abstract List<NameMap> ways(ModuleNames modules);

    /**
     * The library whose names a file's tensors have.
     *
     * @param tensors the file's names
     * @param model the network that the file is for
     * @throws InvalidInputException if no library has them
     */
    public static WeightSource recognize(Collection<String> tensors, ModelDefinition model) {
        NetworkPlan plan = model.plan();
        return Arrays.stream(values())
                .filter(source -> source.waysOf(model).stream().anyMatch(way -> way.recognizes(plan, tensors)))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("The weights' names must be those of a "
                        + Families.named(model.family()).title() + " of "
                        + Arrays.stream(values()).map(WeightSource::toString).collect(Collectors.joining(", "))
                        + "; found a file that begins with "
                        + tensors.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + ". Check the file, or give --source to see what does not fit"));
    }

    private List<NameMap> waysOf(ModelDefinition model) {
        return Families.named(model.family()).names(library).map(this::ways).orElse(List.of());
    }

    /**
     * The library's names of a model's parameters.
     *
     * @throws InvalidInputException if the library does not have the model's family
     */
    public NameMap names(ModelDefinition model) {
        List<NameMap> ways = waysOf(model);
        if (ways.isEmpty()) {
            Family family = Families.named(model.family());
            throw new InvalidInputException("Weights by " + this + "'s names must be of a family that " + this
                    + " has, found " + family.title() + " (" + model.name() + "): choose another library");
        }
        return ways.get(0);
    }

    /**
     * The library's names as a file uses them; Keras has two ways.
     *
     * @throws InvalidInputException if the library does not have the model's family
     */
    public NameMap names(ModelDefinition model, Collection<String> tensors) {
        NetworkPlan plan = model.plan();
        return waysOf(model).stream()
                .filter(way -> way.recognizes(plan, tensors))
                .findFirst()
                .orElseGet(() -> names(model));
    }

    /**
     * The normalisation that a file itself tells, instead of the convention's.
     *
     * @param tensors the file's names
     * @param values reads one of them
     */
    public Optional<Normalization> normalization(Collection<String> tensors, Function<String, float[]> values) {
        return Optional.empty();
    }

    /**
     * Differences, besides names, of the library's version of a model.
     *
     * @param name as the library calls the model: timm's {@code tf_} decides
     * @param model the model
     */
    public Convention convention(String name, ModelDefinition model) {
        return Families.named(model.family()).convention(library, name, model);
    }

    /** The library's name as users write it, e.g. {@code timm}. */
    @Override
    public String toString() {
        return library.toString();
    }
}
