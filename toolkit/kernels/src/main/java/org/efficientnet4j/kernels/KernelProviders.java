package org.efficientnet4j.kernels;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.nd4j.linalg.api.buffer.DataType;

/** Chooses the kernels a network's layers run on. */
public final class KernelProviders {
    /** The choice left to this class: the fastest provider that runs here. */
    public static final String AUTOMATIC = "auto";

    /** A system property that overrides {@link #AUTOMATIC} for the whole process. */
    public static final String PROPERTY = "efficientnet4j.kernels";

    private KernelProviders() {}

    /** Every provider on the class path, the preferred first, able to run here or not. */
    public static List<KernelProvider> all() {
        return ServiceLoader.load(KernelProvider.class, KernelProviders.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(KernelProvider::preference).reversed())
                .toList();
    }

    /**
     * The provider of a name, or the preferred one that runs here and supports the type.
     *
     * @param name a provider's name or {@link #AUTOMATIC}
     * @throws InvalidInputException for an unknown name, or a provider that can't run here or not in this type
     */
    public static KernelProvider choose(String name, DataType type) {
        String wanted = AUTOMATIC.equals(name) ? System.getProperty(PROPERTY, AUTOMATIC) : name;
        if (AUTOMATIC.equals(wanted)) {
            return all().stream()
                    .filter(provider -> provider.supports(type)
                            && provider.unavailableBecause().isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No kernels run in " + type + " here"));
        }
        KernelProvider provider = named(wanted);
        provider.unavailableBecause().ifPresent(reason -> {
            throw new InvalidInputException("The kernels '" + wanted + "' cannot run here: " + reason);
        });
        if (!provider.supports(type)) {
            throw new InvalidInputException(
                    "The kernels '" + wanted + "' do not compute in " + type + ": choose '" + AUTOMATIC + "'");
        }
        return provider;
    }

    private static KernelProvider named(String name) {
        List<KernelProvider> all = all();
        return all.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("Unknown kernels '" + name + "'; there are "
                        + all.stream().map(KernelProvider::name).collect(Collectors.joining(", "))
                        + " and " + AUTOMATIC));
    }
}
