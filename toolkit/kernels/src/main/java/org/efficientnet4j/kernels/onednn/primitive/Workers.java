package org.efficientnet4j.kernels.onednn.primitive;

import java.util.function.IntConsumer;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.kernels.threads.OpenMpThreads;

/** Who computes: Java's threads, each with shares of its own, or OpenMP's inside oneDNN. */
public enum Workers {
    /** {@link KernelThreads}, OpenMP held to one thread. */
    JAVA {
        @Override
        public int count() {
            return KernelThreads.shared().count();
        }

        @Override
        public boolean cutsPieces() {
            return true;
        }

        @Override
        public void prepare() {
            OpenMpThreads.use(1);
        }

        @Override
        public void run(int shares, IntConsumer body) {
            KernelThreads.shared().run(shares, body);
        }
    },
    /** The calling thread, in whose primitives OpenMP starts as many threads as {@link KernelThreads} would. */
    OPEN_MP {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public boolean cutsPieces() {
            return false;
        }

        @Override
        public void prepare() {
            OpenMpThreads.use(KernelThreads.shared().count());
        }

        @Override
        public void run(int shares, IntConsumer body) {
            prepare();
            for (int share = 0; share < shares; share++) {
                body.accept(share);
            }
        }
    };

    /** Into how many shares work is cut. */
    public abstract int count();

    /** Returns whether shares are taken in pieces that fit a thread's cache. */
    public abstract boolean cutsPieces();

    /**
     * Makes the calling thread ready to create primitives: oneDNN sizes their scratchpads by the threads OpenMP has at
     * that moment, and overruns them if it has more when they run.
     */
    public abstract void prepare();

    /** Runs every share once. */
    public abstract void run(int shares, IntConsumer body);
}
