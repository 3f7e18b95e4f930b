package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;

/**
 * The transforms of {@link org.efficientnet4j.kernels.onednn.loops.WinogradLoops} of one group of operands; small methods
 * for the reason in {@link NormRows}.
 */
final class WinogradRows {
    private WinogradRows() {}

    /** B^T. */
    static void input(FloatWindow x, long at, long step, FloatWindow y, long to, long jump, long bytes) {
        for (long k = 0; k < bytes; k += 4L * Lanes.COUNT) {
            FloatVector d1 = Lanes.load(x, at + k + step);
            FloatVector d2 = Lanes.load(x, at + k + 2 * step);
            FloatVector d3 = Lanes.load(x, at + k + 3 * step);
            FloatVector d4 = Lanes.load(x, at + k + 4 * step);
            FloatVector d0 = Lanes.load(x, at + k);
            Lanes.store(d0.mul(4f).add(d4).sub(d2.mul(5f)), y, to + k);
            FloatVector even = d4.sub(d2.mul(4f));
            FloatVector odd = d3.sub(d1.mul(4f));
            Lanes.store(even.add(odd), y, to + k + jump);
            Lanes.store(even.sub(odd), y, to + k + 2 * jump);
            even = d4.sub(d2);
            odd = d3.sub(d1);
            odd = odd.add(odd);
            Lanes.store(even.add(odd), y, to + k + 3 * jump);
            Lanes.store(even.sub(odd), y, to + k + 4 * jump);
            FloatVector d5 = Lanes.load(x, at + k + 5 * step);
            Lanes.store(d1.mul(4f).add(d5).sub(d3.mul(5f)), y, to + k + 5 * jump);
        }
    }

    /** A^T. */
    static void output(FloatWindow x, long at, long step, FloatWindow y, long to, long jump, long bytes) {
        for (long k = 0; k < bytes; k += 4L * Lanes.COUNT) {
            FloatVector m1 = Lanes.load(x, at + k + step);
            FloatVector m2 = Lanes.load(x, at + k + 2 * step);
            FloatVector m3 = Lanes.load(x, at + k + 3 * step);
            FloatVector m4 = Lanes.load(x, at + k + 4 * step);
            FloatVector even = m1.add(m2);
            FloatVector evenFar = m3.add(m4);
            FloatVector m0 = Lanes.load(x, at + k);
            Lanes.store(m0.add(even).add(evenFar), y, to + k);
            Lanes.store(even.add(evenFar.mul(4f)), y, to + k + 2 * jump);
            FloatVector odd = m1.sub(m2);
            FloatVector oddFar = m3.sub(m4);
            Lanes.store(odd.add(oddFar.add(oddFar)), y, to + k + jump);
            FloatVector m5 = Lanes.load(x, at + k + 5 * step);
            Lanes.store(odd.add(m5).add(oddFar.mul(8f)), y, to + k + 3 * jump);
        }
    }

    /** A. */
    static void outputGradient(FloatWindow x, long at, long step, FloatWindow y, long to, long jump, long bytes) {
        for (long k = 0; k < bytes; k += 4L * Lanes.COUNT) {
            FloatVector e0 = Lanes.load(x, at + k);
            FloatVector e1 = Lanes.load(x, at + k + step);
            FloatVector e2 = Lanes.load(x, at + k + 2 * step);
            FloatVector e3 = Lanes.load(x, at + k + 3 * step);
            Lanes.store(Lanes.unchanged(e0), y, to + k);
            Lanes.store(Lanes.unchanged(e3), y, to + k + 5 * jump);
            FloatVector even = e0.add(e2);
            FloatVector odd = e1.add(e3);
            Lanes.store(even.add(odd), y, to + k + jump);
            Lanes.store(even.sub(odd), y, to + k + 2 * jump);
            even = e0.add(e2.mul(4f));
            odd = e1.add(e3.mul(4f));
            odd = odd.add(odd);
            Lanes.store(even.add(odd), y, to + k + 3 * jump);
            Lanes.store(even.sub(odd), y, to + k + 4 * jump);
        }
    }

    /** G; of the weights in reverse order by the address of the last and a negative step. */
    static void weights(FloatWindow x, long at, long step, FloatWindow y, long to, long jump, long bytes) {
        for (long k = 0; k < bytes; k += 4L * Lanes.COUNT) {
            FloatVector w0 = Lanes.load(x, at + k);
            FloatVector w1 = Lanes.load(x, at + k + step);
            FloatVector w2 = Lanes.load(x, at + k + 2 * step);
            Lanes.store(w0.mul(1 / 4f), y, to + k);
            Lanes.store(Lanes.unchanged(w2), y, to + k + 5 * jump);
            FloatVector even = w0.add(w2).mul(-1 / 6f);
            FloatVector odd = w1.mul(-1 / 6f);
            Lanes.store(even.add(odd), y, to + k + jump);
            Lanes.store(even.sub(odd), y, to + k + 2 * jump);
            even = w0.mul(1 / 24f).add(w2.mul(1 / 6f));
            odd = w1.mul(1 / 12f);
            Lanes.store(even.add(odd), y, to + k + 3 * jump);
            Lanes.store(even.sub(odd), y, to + k + 4 * jump);
        }
    }

    /** G^T. */
    static void weightGradient(FloatWindow x, long at, long step, FloatWindow y, long to, long jump, long bytes) {
        for (long k = 0; k < bytes; k += 4L * Lanes.COUNT) {
            FloatVector u1 = Lanes.load(x, at + k + step);
            FloatVector u2 = Lanes.load(x, at + k + 2 * step);
            FloatVector u3 = Lanes.load(x, at + k + 3 * step);
            FloatVector u4 = Lanes.load(x, at + k + 4 * step);
            FloatVector near = u1.add(u2).mul(-1 / 6f);
            FloatVector far = u3.add(u4).mul(1 / 24f);
            FloatVector u0 = Lanes.load(x, at + k);
            Lanes.store(near.add(far).add(u0.mul(1 / 4f)), y, to + k);
            FloatVector u5 = Lanes.load(x, at + k + 5 * step);
            Lanes.store(near.add(far.mul(4f)).add(u5), y, to + k + 2 * jump);
            FloatVector odd = u2.sub(u1).mul(1 / 6f);
            Lanes.store(odd.add(u3.sub(u4).mul(1 / 12f)), y, to + k + jump);
        }
    }
}
