package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of one seed, among them 0, which ND4J takes for no seed. */
class SeedCommandTest {
    @TempDir
    private Path folder;

    private String weights(String run, long seed) throws IOException {
        Path out = folder.resolve(run);
        CommandLineRun trained = CommandLineRun.of(("train " + TinyArchitecture.write(folder)
                        + " --data shapes:60 --size 32 --epochs 1 --batch 16 --workers 1 --seed=" + seed + " --out "
                        + out)
                .split(" "));
        assertEquals(0, trained.code(), trained.err());
        return CommandLineRun.of("summary", out.resolve("model.zip").toString(), "--json")
                .json()
                .get("weightsSha256")
                .asText();
    }

    @Test
    void anySeedGivesTheSameWeightsAgain() throws IOException {
        String ofZero = weights("zero", 0);
        assertEquals(ofZero, weights("zero-again", 0));
        assertNotEquals(ofZero, weights("one", 1));
        assertEquals(weights("negative", -7), weights("negative-again", -7));
    }
}
