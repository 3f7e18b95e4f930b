package org.efficientnet4j.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PythonsTest {
    @Test
    void takesTheOneTheUserNames() {
        assertEquals("/opt/mine/python", Pythons.withTorch(Map.of(Pythons.VARIABLE, "/opt/mine/python")));
    }

    @Test
    void passesOverWhatIsMissingOrFails() {
        assertFalse(Pythons.succeeds("/nonexistent/python3"));
        assertFalse(Pythons.succeeds("sh", "-c", "exit 1"));
        assertTrue(Pythons.succeeds("sh", "-c", "exit 0"));
    }
}
