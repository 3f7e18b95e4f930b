package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;
import org.efficientnet4j.kernels.UpdateKernel.Run;
import org.efficientnet4j.kernels.UpdateRule;

/**
 * The optimisers' loops over a stretch of the flat vectors, from one byte offset to another: parameters p, their gradient
 * g, which becomes the step, and up to two vectors of state. A loop a rule, for the reason in NormRows.
 */
final class UpdateRows {
    private UpdateRows() {}

    /** One rule's loop, its numbers bound. */
    @FunctionalInterface
    interface Loop {
        /** Windows on p, g and the state. */
        void run(FloatWindow[] windows, long from, long to);
    }

    /** The loop of a rule for parameters of one decay. */
    static Loop of(UpdateRule rule, double factor, Run run) {
        float scale = (float) factor;
        float l2 = (float) run.l2();
        float decay = (float) run.decay();
        if (rule instanceof UpdateRule.Descent descent) {
            float rate = (float) descent.rate();
            return (w, from, to) -> descend(w[0], w[1], from, to, scale, l2, decay, rate);
        } else if (rule instanceof UpdateRule.Nesterov nesterov) {
            float rate = (float) nesterov.rate();
            float momentum = (float) nesterov.momentum();
            return (w, from, to) -> nesterov(w[0], w[1], w[2], from, to, scale, l2, decay, rate, momentum);
        } else if (rule instanceof UpdateRule.Adam adam) {
            AdamNumbers numbers = new AdamNumbers(adam);
            return (w, from, to) -> adam(w[0], w[1], w[2], w[3], from, to, scale, l2, decay, numbers);
        }
        RmsPropNumbers numbers = new RmsPropNumbers((UpdateRule.RmsProp) rule);
        return (w, from, to) -> rmsProp(w[0], w[1], w[2], w[3], from, to, scale, l2, decay, numbers);
    }

    private static void descend(
            FloatWindow p, FloatWindow g, long from, long to, float scale, float l2, float decay, float rate) {
        for (long at = from; at < to; at += 4L * Lanes.COUNT) {
            FloatVector parameter = Lanes.load(p, at);
            FloatVector gradient = parameter.mul(l2).add(Lanes.load(g, at).mul(scale));
            Lanes.store(parameter.mul(decay).add(gradient.mul(rate)), g, at);
        }
    }

    private static void nesterov(
            FloatWindow p,
            FloatWindow g,
            FloatWindow v,
            long from,
            long to,
            float scale,
            float l2,
            float decay,
            float rate,
            float momentum) {
        for (long at = from; at < to; at += 4L * Lanes.COUNT) {
            FloatVector parameter = Lanes.load(p, at);
            FloatVector gradient = parameter.mul(l2).add(Lanes.load(g, at).mul(scale));
            FloatVector coasting = Lanes.load(v, at).mul(momentum);
            FloatVector velocity = coasting.sub(gradient.mul(rate));
            Lanes.store(velocity, v, at);
            FloatVector step = coasting.sub(velocity.mul(1 + momentum));
            Lanes.store(parameter.mul(decay).add(step), g, at);
        }
    }

    private static void adam(
            FloatWindow p,
            FloatWindow g,
            FloatWindow m,
            FloatWindow v,
            long from,
            long to,
            float scale,
            float l2,
            float decay,
            AdamNumbers numbers) {
        float keep1 = numbers.keep1;
        float take1 = numbers.take1;
        float keep2 = numbers.keep2;
        float take2 = numbers.take2;
        float rate = numbers.rate;
        float epsilon = numbers.epsilon;
        for (long at = from; at < to; at += 4L * Lanes.COUNT) {
            FloatVector parameter = Lanes.load(p, at);
            FloatVector gradient = parameter.mul(l2).add(Lanes.load(g, at).mul(scale));
            FloatVector first = Lanes.load(m, at).mul(keep1).add(gradient.mul(take1));
            FloatVector second =
                    Lanes.load(v, at).mul(keep2).add(gradient.mul(gradient).mul(take2));
            Lanes.store(first, m, at);
            Lanes.store(second, v, at);
            FloatVector step = first.mul(rate).div(second.sqrt().add(epsilon));
            Lanes.store(parameter.mul(decay).add(step), g, at);
        }
    }

    private static void rmsProp(
            FloatWindow p,
            FloatWindow g,
            FloatWindow s,
            FloatWindow m,
            long from,
            long to,
            float scale,
            float l2,
            float decay,
            RmsPropNumbers numbers) {
        float keep = numbers.keep;
        float take = numbers.take;
        float momentum = numbers.momentum;
        float rate = numbers.rate;
        float epsilon = numbers.epsilon;
        for (long at = from; at < to; at += 4L * Lanes.COUNT) {
            FloatVector parameter = Lanes.load(p, at);
            FloatVector gradient = parameter.mul(l2).add(Lanes.load(g, at).mul(scale));
            FloatVector square =
                    Lanes.load(s, at).mul(keep).add(gradient.mul(gradient).mul(take));
            Lanes.store(square, s, at);
            FloatVector push = gradient.mul(rate).div(square.add(epsilon).sqrt());
            FloatVector moment = Lanes.load(m, at).mul(momentum).add(push);
            Lanes.store(moment, m, at);
            Lanes.store(parameter.mul(decay).add(moment), g, at);
        }
    }

    /** {@code p = p - step}. */
    static void subtract(FloatWindow p, FloatWindow step, long from, long to) {
        for (long at = from; at < to; at += 4L * Lanes.COUNT) {
            Lanes.store(Lanes.load(p, at).sub(Lanes.load(step, at)), p, at);
        }
    }

    /** {@code average = kept average + taken p}. */
    static void follow(FloatWindow average, FloatWindow p, long from, long to, float kept, float taken) {
        for (long at = from; at < to; at += 4L * Lanes.COUNT) {
            FloatVector moved =
                    Lanes.load(average, at).mul(kept).add(Lanes.load(p, at).mul(taken));
            Lanes.store(moved, average, at);
        }
    }

    /** The sum of squares, lane by lane, added to {@code sums}. */
    static void squares(FloatWindow x, long from, long to, float[] sums) {
        FloatVector sum = Lanes.of(sums, 0);
        for (long at = from; at < to; at += 4L * Lanes.COUNT) {
            FloatVector value = Lanes.load(x, at);
            sum = value.fma(value, sum);
        }
        sum.intoArray(sums, 0);
    }

    /** Adam's numbers in the type computed in. */
    private static final class AdamNumbers {
        private final float keep1;
        private final float take1;
        private final float keep2;
        private final float take2;
        private final float rate;
        private final float epsilon;

        AdamNumbers(UpdateRule.Adam adam) {
            keep1 = (float) adam.beta1();
            take1 = (float) (1 - adam.beta1());
            keep2 = (float) adam.beta2();
            take2 = (float) (1 - adam.beta2());
            rate = (float) adam.rate();
            epsilon = (float) adam.epsilon();
        }
    }

    /** RMSProp's numbers in the type computed in. */
    private static final class RmsPropNumbers {
        private final float keep;
        private final float take;
        private final float momentum;
        private final float rate;
        private final float epsilon;

        RmsPropNumbers(UpdateRule.RmsProp rule) {
            keep = (float) rule.decay();
            take = (float) (1 - rule.decay());
            momentum = (float) rule.momentum();
            rate = (float) rule.rate();
            epsilon = (float) rule.epsilon();
        }
    }
}
