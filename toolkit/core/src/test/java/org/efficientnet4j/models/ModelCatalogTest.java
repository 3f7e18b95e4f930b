package org.efficientnet4j.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogTest {
    @ParameterizedTest
    @CsvSource({
        "efficientnet_b0, efficientnet_b0",
        "EfficientNet-B0, efficientnet_b0",
        "tf_efficientnet_b7, efficientnet_b7",
        "efficientnetv2_s, efficientnet_v2_s",
        "efficientnet_v2_s, efficientnet_v2_s",
        "tf_efficientnetv2_b3, efficientnet_v2_b3",
        "EFFICIENTNETV2-XL, efficientnet_v2_xl",
        "EfficientNetB0, efficientnet_b0",
        "efficientnetv2-b0, efficientnet_v2_b0",
        "EfficientNetV2S, efficientnet_v2_s",
    })
    void acceptsTheSpellingOfTimmTorchvisionAndKeras(String asked, String found) {
        assertEquals(found, ModelCatalog.find(asked).name());
    }

    @Test
    void namesTheNearestModelsWhenItKnowsNone() {
        InvalidInputException error =
                assertThrows(InvalidInputException.class, () -> ModelCatalog.find("eficientnet_b1"));
        assertTrue(error.getMessage().contains("'eficientnet_b1'"), error.getMessage());
        assertEquals("efficientnet_b1", ModelCatalog.nearest("eficientnet_b1").get(0));
    }
}
