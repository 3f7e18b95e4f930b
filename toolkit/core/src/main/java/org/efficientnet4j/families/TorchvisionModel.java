package org.efficientnet4j.families;

import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.models.Architecture;
import org.efficientnet4j.models.BatchNormSettings;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.Variant;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Padding;

/** Rows of the families that are compared with, as torchvision has them: 224 pixels, ImageNet's normalisation. */
final class TorchvisionModel {
    private static final int SIZE = 224;

    private TorchvisionModel() {}

    static Variant row(
            String name,
            String family,
            NetworkPlan plan,
            double dropout,
            BatchNormSettings batchNorm,
            double publishedTop1) {
        return Variant.of(
                new ModelDefinition(
                        name,
                        family,
                        new Architecture.Planned(plan),
                        SIZE,
                        SIZE,
                        dropout,
                        batchNorm,
                        Normalization.IMAGENET),
                publishedTop1);
    }

    static Convention convention(ModelDefinition model) {
        return new Convention(Padding.SYMMETRIC, model.batchNorm(), model.normalization());
    }
}
