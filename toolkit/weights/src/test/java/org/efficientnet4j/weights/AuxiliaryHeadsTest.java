package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.weights.names.WeightSource;
import org.junit.jupiter.api.Test;

/** Names and shapes of torchvision 0.29's {@code googlenet(aux_logits=True).state_dict()}. */
class AuxiliaryHeadsTest {
    private static final Map<String, List<Long>> TORCHVISION = Map.ofEntries(
            Map.entry("aux1.conv.conv.weight", List.of(128L, 512L, 1L, 1L)),
            Map.entry("aux1.conv.bn.weight", List.of(128L)),
            Map.entry("aux1.conv.bn.bias", List.of(128L)),
            Map.entry("aux1.conv.bn.running_mean", List.of(128L)),
            Map.entry("aux1.conv.bn.running_var", List.of(128L)),
            Map.entry("aux1.fc1.weight", List.of(1024L, 2048L)),
            Map.entry("aux1.fc1.bias", List.of(1024L)),
            Map.entry("aux1.fc2.weight", List.of(1000L, 1024L)),
            Map.entry("aux1.fc2.bias", List.of(1000L)),
            Map.entry("aux2.conv.conv.weight", List.of(128L, 528L, 1L, 1L)),
            Map.entry("aux2.conv.bn.weight", List.of(128L)),
            Map.entry("aux2.conv.bn.bias", List.of(128L)),
            Map.entry("aux2.conv.bn.running_mean", List.of(128L)),
            Map.entry("aux2.conv.bn.running_var", List.of(128L)),
            Map.entry("aux2.fc1.weight", List.of(1024L, 2048L)),
            Map.entry("aux2.fc1.bias", List.of(1024L)),
            Map.entry("aux2.fc2.weight", List.of(1000L, 1024L)),
            Map.entry("aux2.fc2.bias", List.of(1000L)));

    private static AuxiliaryHeads heads(String name, int classes) {
        ModelDefinition model = ModelCatalog.find(name);
        return AuxiliaryHeads.of(model, WeightSource.TORCHVISION.names(model), classes);
    }

    @Test
    void knowsTorchvisionsHeadsByNameAndShape() {
        assertEquals(TORCHVISION, heads("googlenet", 1000).shapes());
        assertEquals(Map.of(), heads("resnet18", 1000).shapes());
    }

    @Test
    void holdsAnotherNumberOfClassesOnlyBesideAnyClassifier() {
        AuxiliaryHeads heads = heads("googlenet", 7);
        TensorInfo logits = new TensorInfo("aux2.fc2.weight", "F32", List.of(1000L, 1024L));
        TensorInfo hidden = new TensorInfo("aux2.fc1.weight", "F32", List.of(1000L, 1024L));
        assertTrue(heads.hold(logits, true));
        assertFalse(heads.hold(logits, false));
        assertFalse(heads.hold(hidden, true));
        assertFalse(heads.hold(new TensorInfo("aux3.fc2.bias", "F32", List.of(7L)), true));
    }
}
