package org.efficientnet4j.cli.doctor;

import java.util.List;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One provider of kernels.
 *
 * @param name what forces it
 * @param description what it runs on
 * @param unavailable why it can't run here; empty where it can
 * @param chosen whether it is the one used by default
 */
public record KernelReport(String name, String description, String unavailable, boolean chosen) {
    static List<KernelReport> examine() {
        String chosen = KernelProviders.choose(KernelProviders.AUTOMATIC, DataType.FLOAT)
                .name();
        return KernelProviders.all().stream()
                .map(provider -> of(provider, chosen))
                .toList();
    }

    private static KernelReport of(KernelProvider provider, String chosen) {
        return new KernelReport(
                provider.name(),
                provider.description(),
                provider.unavailableBecause().orElse(""),
                provider.name().equals(chosen));
    }
}
