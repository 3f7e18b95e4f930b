package org.efficientnet4j.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.efficientnet4j.cli.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private static final List<String> FIGURES = List.of("loss 1.234", "acc 56.7%", "12.3 img/s", "4m 05s left");

    private final StringWriter screen = new StringWriter();
    private final AtomicLong clock = new AtomicLong();

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 60, 79, 119})
    void neverFillsMoreThanTheWidth(int width) {
        assertTrue(ProgressBar.draw(width, "epoch 12/100", 0.5, FIGURES).length() <= width);
    }

    @Test
    void showsEveryFigureOnAUsualTerminal() {
        String line = ProgressBar.draw(79, "epoch 2/10", 0.5, FIGURES);
        FIGURES.forEach(figure -> assertTrue(line.contains(figure), line));
        assertTrue(line.contains("###") && line.contains("...") && line.contains("50%"), line);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0s", "42, 42s", "185, 3m 05s", "7620, 2h 07m"})
    void writesDurationsForPeople(long seconds, String expected) {
        assertEquals(expected, ProgressBar.time(Duration.ofSeconds(seconds)));
    }

    @Test
    void redrawsInPlaceOnATerminal() {
        ProgressLine line = line(true);
        line.show("epoch 1/2", 0.1, FIGURES);
        clock.addAndGet(Duration.ofMillis(50).toNanos());
        line.show("epoch 1/2", 0.2, FIGURES);
        clock.addAndGet(Duration.ofMillis(100).toNanos());
        line.show("epoch 1/2", 0.3, FIGURES);
        line.println("epoch 1/2 done");
        String text = screen.toString();
        assertTrue(text.contains("10%") && text.contains("30%"), text);
        assertFalse(text.contains("20%"), "too soon after the one before: " + text);
        assertEquals(
                1,
                text.lines().filter(shown -> shown.endsWith("epoch 1/2 done")).count());
    }

    @Test
    void writesPlainLinesSeldomElsewhere() {
        ProgressLine line = line(false);
        for (int second = 0; second <= 60; second++) {
            line.show("epoch 1/2", second / 60.0, FIGURES);
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        String text = screen.toString();
        assertEquals(6, text.lines().count(), text);
        assertFalse(text.contains("\r") || text.contains("\u001b"), text);
    }

    private ProgressLine line(boolean interactive) {
        return new ProgressLine(new PrintWriter(screen), new Terminal(interactive, false), clock::get);
    }
}
