package org.efficientnet4j.kernels.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.efficientnet4j.kernels.JvmFlags;
import org.efficientnet4j.kernels.UpdateKernel;
import org.efficientnet4j.kernels.onednn.OneDnnProvider;
import org.efficientnet4j.kernels.onednn.loops.FusedLoops;

/** oneDNN's convolutions and Vector API loops between them. */
public final class VectorKernels extends OneDnnProvider {
    private static final String FMA_FLAG = "UseFMA";

    private final BooleanSupplier fusedMultiplyAdd;

    /** The kernels for this JVM. */
    public VectorKernels() {
        this(VectorKernels::compilesFusedMultiplyAdd);
    }

    /** @param fusedMultiplyAdd tells if the JVM makes one instruction of a multiplication and an addition */
    VectorKernels(BooleanSupplier fusedMultiplyAdd) {
        this.fusedMultiplyAdd = fusedMultiplyAdd;
    }

    /** HotSpot turns the flag off where the processor has no such instruction; other JVMs are taken to have it. */
    private static boolean compilesFusedMultiplyAdd() {
        HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return hotSpot == null
                    || Boolean.parseBoolean(hotSpot.getVMOption(FMA_FLAG).getValue());
        } catch (IllegalArgumentException unknownFlag) {
            return true;
        }
    }

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
        if (!VectorModule.isThere()) {
            return Optional.of("the JVM runs without the Vector API: start it with the flags in " + JvmFlags.FILE);
        }
        if (!fusedMultiplyAdd.getAsBoolean()) {
            return Optional.of("the processor must have a fused multiply-add (FMA3), found " + FMA_FLAG
                    + " off: the JVM would compute it without rounding errors in software, hundreds of times as slow; "
                    + "the kernels 'onednn' do without");
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
