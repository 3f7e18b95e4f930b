/**
 * Compound scaling of stages and the cost of any network. {@link org.efficientnet4j.scaling.StagedNetwork} turns stages and
 * multipliers into a {@link org.efficientnet4j.plan.NetworkPlan}; {@link org.efficientnet4j.scaling.ModelCost} counts a
 * plan's parameters, multiply-accumulates and activation memory without building anything.
 */
package org.efficientnet4j.scaling;
