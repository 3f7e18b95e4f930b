package org.efficientnet4j.search.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;

class StatusServerTest {
    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesThePageAndTheStatusOnLoopback() throws Exception {
        try (StatusServer server = StatusServer.on(0, () -> "{\"total\": 3}")) {
            server.start();
            String address = server.address().orElseThrow();
            assertTrue(address.startsWith("http://127.0.0.1:"), address);
            assertTrue(get(address).body().contains("status.json"));
            assertEquals("{\"total\": 3}", get(address + "status.json").body());
            assertEquals(404, get(address + "other").statusCode());
            int port = URI.create(address).getPort();
            assertThrows(InvalidInputException.class, () -> StatusServer.on(port, () -> "{}"));
        }
    }

    @Test
    void withoutAPageThereIsNoAddress() {
        StatusServer.NONE.start();
        assertTrue(StatusServer.NONE.address().isEmpty());
        StatusServer.NONE.close();
    }
}
