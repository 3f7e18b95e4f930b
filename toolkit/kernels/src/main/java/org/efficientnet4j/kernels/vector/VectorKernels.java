package org.efficientnet4j.kernels.vector;

import java.util.Optional;
import org.efficientnet4j.kernels.JvmFlags;
import org.efficientnet4j.kernels.UpdateKernel;
import org.efficientnet4j.kernels.onednn.FusedLoops;
import org.efficientnet4j.kernels.onednn.OneDnnProvider;

/** oneDNN's convolutions and Vector API loops between them. */
public final class VectorKernels extends OneDnnProvider {
    private static final String MODULE = "jdk.incubator.vector";

    @Override
    public String name() {
        return "onednn-vector";
    }

    @Override
    public int preference() {
        return 20;
    }

    @Override
    public Optional<String> unavailableBecause() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Optional.of("the JVM runs without the Vector API: start it with --add-modules " + MODULE
                    + " and the other flags in " + JvmFlags.FILE);
        }
        int feature = Runtime.version().feature();
        if (feature > 18 && feature < 22) {
            return Optional.of("JDK " + feature + " has neither of the two ways to native memory that the kernels use: "
                    + "run JDK 17, or 22 or newer");
        }
        return super.unavailableBecause();
    }

    @Override
    protected String loopsDescription() {
        String width = Lanes.SPECIES.vectorBitSize() + "-bit vectors";
        return Lanes.BY_ADDRESS ? width : width + " (slower for want of the flags in " + JvmFlags.FILE + ")";
    }

    @Override
    protected FusedLoops loops() {
        return new VectorLoops();
    }

    @Override
    public Optional<UpdateKernel> updates() {
        return Optional.of(new VectorUpdate());
    }
}
