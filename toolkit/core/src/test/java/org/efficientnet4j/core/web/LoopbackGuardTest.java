package org.efficientnet4j.core.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackGuardTest {
    @ParameterizedTest
    @CsvSource({
        "GET, localhost, 0",
        "GET, LOCALHOST:8000, 0",
        "HEAD, 127.0.0.1:9, 0",
        "GET, [::1]:80, 0",
        "GET, '', 421",
        "GET, , 400",
        "GET, example.com, 421",
        "GET, localhost.example.com, 421",
        "GET, 127.0.0.1.example.com:80, 421",
        "GET, localhost:80@example.com, 421",
        "GET, 127.0.0.2, 421",
        "GET, 0.0.0.0, 421",
        "POST, localhost, 405",
        "OPTIONS, 127.0.0.1, 405",
        "get, localhost, 405",
        "POST, example.com, 421",
    })
    void letsReadingRequestsToThisMachineThrough(String method, String host, int status) {
        assertEquals(
                status,
                LoopbackGuard.refusal(method, host)
                        .map(LoopbackGuard.Refusal::status)
                        .orElse(0));
    }
}
