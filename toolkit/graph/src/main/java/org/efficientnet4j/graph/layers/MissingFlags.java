package org.efficientnet4j.graph.layers;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.efficientnet4j.kernels.JvmFlags;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One warning per process where layers run slowly because the JVM was started without the kernels' flags. */
final class MissingFlags {
    private static final Logger LOG = LoggerFactory.getLogger("org.efficientnet4j.kernels");
    private static final AtomicBoolean ASKED = new AtomicBoolean();

    private MissingFlags() {}

    /**
     * Warns at the first call for kernels that are chosen automatically; kernels that the user names are as wanted.
     *
     * @param kernels the layer's setting
     * @param type of the layer
     */
    static void warnOnce(String kernels, DataType type) {
        boolean automatic = KernelProviders.AUTOMATIC.equals(kernels)
                && KernelProviders.AUTOMATIC.equals(
                        System.getProperty(KernelProviders.PROPERTY, KernelProviders.AUTOMATIC));
        if (!automatic || ASKED.get()) {
            return;
        }
        Optional<KernelProvider> preferred = KernelProviders.all().stream()
                .filter(provider -> provider.supports(type))
                .findFirst();
        if (preferred.isPresent() && ASKED.compareAndSet(false, true)) {
            reason(preferred.get())
                    .ifPresent(reason -> LOG.warn(
                            "Networks run several times slower than this machine can: {}. JvmFlags.forKernels() lists the"
                                    + " flags; java @FILE takes the file",
                            reason));
        }
    }

    /** The provider's own words, where they are about the flags and not about the machine. */
    private static Optional<String> reason(KernelProvider provider) {
        String words = provider.unavailableBecause().orElseGet(provider::description);
        return Optional.of(provider.name() + ": " + words).filter(text -> text.contains(JvmFlags.FILE));
    }
}
