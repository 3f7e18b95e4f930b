package org.efficientnet4j.core.download;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/b0.pth",
                "http://127.0.0.1.example.org/b0.pth",
                "ftp://example.org/b0.pth",
                "file:///etc/passwd",
                "https:///b0.pth",
                "https://user:secret@example.org/b0.pth",
                "https://example.org/",
                "https://example.org",
                "https://example.org/a/..",
                "https://example.org/a%5C..%5Cb",
                "https://example.org/a%0Ab",
                "https://exa mple.org/b0.pth"
            })
    void otherAddressesAreRefused(String address) {
        String message = assertThrows(InvalidInputException.class, () -> DownloadAddress.parse(address))
                .getMessage();
        assertFalse(message.contains("secret"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/b0.pth",
                "HTTPS://example.org:8443/a/b0.pth?download=1",
                "http://localhost:8080/b0.pth",
                "http://127.0.0.1/b0.pth",
                "http://[::1]/b0.pth"
            })
    void usualAddressesArePassed(String address) {
        assertTrue(DownloadAddress.isAddress(address));
        assertEquals("b0.pth", DownloadAddress.fileName(DownloadAddress.parse(address)));
    }

    @Test
    void httpMayBeAskedFor() {
        URI address = URI.create("http://example.org/b0.pth");
        assertDoesNotThrow(() -> DownloadAddress.require(address, Map.of(DownloadAddress.HTTP_VARIABLE, "true")));
        assertThrows(
                InvalidInputException.class,
                () -> DownloadAddress.require(address, Map.of(DownloadAddress.HTTP_VARIABLE, "0")));
    }

    @Test
    void pathsAreNoAddresses() {
        assertFalse(DownloadAddress.isAddress("weights/b0.pth"));
        assertFalse(DownloadAddress.isAddress("C:\\weights\\b0.pth"));
        assertTrue(DownloadAddress.isAddress("ftp://example.org/b0.pth"));
    }
}
