package org.efficientnet4j.weights.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.TensorInfo;
import org.efficientnet4j.weights.WeightFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads checkpoints as training scripts write them ({@code reference/save_checkpoints.py --trainings}). */
class TrainingCheckpointTest {
    private static final List<String> NAMES = List.of(
            "0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timm.pth.tar        | 2 | Took the weights under 'state_dict_ema'; left out what is under epoch, arch, state_dict
            timm-legacy.pth.tar | 2 | Took the weights under 'state_dict_ema'; left out what is under epoch, arch, state_dict
            torchvision.pth     | 2 | Ignored n_averaged, which are no weights
            lightning.ckpt      | 1 | Left out 'model._orig_mod.' before the tensors' names
            tutorial.bin        | 1 | Took the weights under 'model_state_dict'; left out what is under epoch, optimizer_state_dict
            net.pth             | 1 | Took the weights under 'net'; left out what is under acc, epoch
            modules.pt          | 2 | Took the weights under 'ema'; left out what is under epoch, model, updates
            network.pth         | 1 | Took the weights under 'network'; left out what is under epoch
            flat.pth            | 1 | Ignored epoch, loss, which are no weights
            """)
    void findsTheWeights(String name, float value, String remark) throws URISyntaxException {
        assertWeights(value, remark, resource(name), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timm.pth.tar        | state_dict | 1 |
            timm-legacy.pth.tar | state_dict | 1 |
            torchvision.pth     | model      | 1 |
            torchvision.pth     | model_ema  | 2 | Left out 'module.' before the tensors' names
            modules.pt          | model      | 1 |
            params.pth          | params     | 1 |
            params.pth          | params_ema | 2 |
            both.ckpt           | ema_model  | 2 | Left out 'ema_model.' before the tensors' names
            both.ckpt           | model      | 1 | Left out 'model.' before the tensors' names
            """)
    void takesTheWeightsAskedFor(String name, String key, float value, String remark) throws URISyntaxException {
        assertWeights(value, remark == null ? "" : remark, resource(name), Optional.of(key));
    }

    private static void assertWeights(float value, String remark, Path path, Optional<String> key) {
        try (TensorFile file = WeightFiles.open(path, key)) {
            assertEquals(NAMES, file.tensors().stream().map(TensorInfo::name).toList());
            for (String name : NAMES.subList(0, NAMES.size() - 1)) {
                float[] values = file.read(name);
                float[] expected = new float[values.length];
                Arrays.fill(expected, value);
                assertArrayEquals(expected, values, name);
            }
            assertTrue(
                    String.join("\n", file.remarks()).contains(remark),
                    file.remarks().toString());
        }
    }

    @Test
    void namesAKeyThatIsNotThere() throws URISyntaxException {
        Path path = resource("both.ckpt");
        String message = assertThrows(InvalidInputException.class, () -> WeightFiles.open(path, Optional.of("emma")))
                .getMessage();
        assertTrue(message.contains("--checkpoint-key") && message.contains("found emma"), message);
        assertTrue(message.contains("begin with model, ema_model"), message);
    }

    @Test
    void asksForTheKeyWhereNoneIsUsualAndSeveralHaveTensors() throws URISyntaxException {
        Path path = resource("params.pth");
        String message = assertThrows(InvalidInputException.class, () -> WeightFiles.open(path))
                .getMessage();
        assertTrue(
                message.contains("tensors under params, params_ema") && message.contains("--checkpoint-key"), message);
    }

    @Test
    void leavesATensorOfBothSetsToTheImport() throws URISyntaxException {
        try (TensorFile file = WeightFiles.open(resource("both.ckpt"))) {
            assertTrue(file.find("0.weight").isPresent());
            assertTrue(file.find("ema_model.0.weight").isPresent());
        }
    }

    @Test
    void refusesATensorOfAnUnknownKind() throws URISyntaxException {
        Path path = resource("complex.pth");
        String message = assertThrows(InvalidInputException.class, () -> WeightFiles.open(path))
                .getMessage();
        assertTrue(message.contains("its tensor head.weight is of a kind that is not read"), message);
    }

    @Test
    void noticesAFlippedBit(@TempDir Path folder) throws IOException, URISyntaxException {
        byte[] bytes = Files.readAllBytes(resource("net.pth"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("\0\0\u0080?\0\0\u0080?", text.indexOf("/data/0"))] ^= 1; // the first 1.0
        try (TensorFile file = WeightFiles.open(Files.write(folder.resolve("net.pth"), bytes))) {
            String message = assertThrows(InvalidInputException.class, () -> file.read("0.weight"))
                    .getMessage();
            assertTrue(message.contains("checksum (CRC-32)"), message);
        }
    }

    @ParameterizedTest
    @CsvSource({"timm.pth.tar, 300, cut short", "timm-legacy.pth.tar, 3, cut short", "timm-legacy.pth.tar, 3000, middle"
    })
    void saysWhereAFileIsCutShort(String name, int missing, String expected, @TempDir Path folder)
            throws IOException, URISyntaxException {
        byte[] whole = Files.readAllBytes(resource(name));
        Path path = Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length - missing));
        String message = assertThrows(InvalidInputException.class, () -> WeightFiles.open(path))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(TrainingCheckpointTest.class.getResource("/torch/trainings/" + name), name)
                        .toURI());
    }
}
