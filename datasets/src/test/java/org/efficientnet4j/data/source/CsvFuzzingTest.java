package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efficientnet4j.fuzzing.Damage;
import org.efficientnet4j.fuzzing.Fuzzing;
import org.efficientnet4j.fuzzing.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some damaged tables at each build; {@code toolkit/fuzz-weights [COUNT [SEED]]} reads many. */
class CsvFuzzingTest {
    private static final List<String> TABLES = List.of(
            "image,label,split\n1.jpg,cat,train\n2.png,dog,train\n\"a, b.jpg\",cat,val\nsub/3,dog,val\n",
            "id;breed\r\n1;cat\r\n2;\"dog \"\"of\"\" two\r\nlines\"\r\nsub/3;cat\r\n",
            "\uFEFFimage\tcat\tdog\n1\t1\t0\n2\t0\t1\nsub/3.jpg\t1\t0\n",
            "1.jpg,0\n2.png,1\nsub\\3.jpg,10\n");

    @TempDir
    Path folder;

    @Test
    void everyDamagedTableIsReadOrRefused() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images/sub")).getParent();
        for (String name : List.of("1.jpg", "2.png", "a, b.jpg", "sub/3.jpg")) {
            Files.createFile(images.resolve(name));
        }
        Damage damage = new Damage(Fuzzing.seed());
        List<Target> targets = TABLES.stream()
                .map(table -> new Target(
                        "damaged.csv",
                        table.getBytes(StandardCharsets.UTF_8),
                        damage::damagedText,
                        file -> CsvImages.open(file, images, CsvColumns.USUAL, SplitOptions.DEFAULT)
                                .all(),
                        1L << 20))
                .toList();
        assertTrue(Fuzzing.run("tables", folder, targets, 3000).isTelling());
    }
}
