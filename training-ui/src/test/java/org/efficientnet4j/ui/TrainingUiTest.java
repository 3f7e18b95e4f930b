package org.efficientnet4j.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.FusedUpdater;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A network of two blocks of ours learns for 30 steps before the pages' eyes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingUiTest {
    private static final String TINY = """
            name: tiny
            size: 32
            stem: 8
            blocks:
              - r1_k3_s1_e1_i8_o8_c1
              - r1_k3_s2_e2_i8_o16_se0.25
            head: 32
            """;
    private static final int STEPS = 30;

    private final HttpClient client = HttpClient.newHttpClient();
    private Path architecture;
    private TrainingUi ui;
    private ComputationGraph watched;

    @BeforeAll
    void train(@TempDir Path folder) throws IOException {
        architecture = Files.writeString(folder.resolve("tiny.yaml"), TINY);
        ui = TrainingUi.start(0, "runs/tiny");
        watched = network();
        watched.setListeners(ui.listener(STEPS, 3));
        learn(watched);
    }

    @AfterAll
    void end() {
        ui.close();
        assertThrows(ConnectException.class, () -> connect(InetAddress.getLoopbackAddress()));
    }

    private ComputationGraph network() {
        ModelDefinition model = ModelCatalog.find(architecture.toString());
        return NetworkGraph.create(
                model, GraphOptions.builder(model).classes(3).seed(5).build());
    }

    private static void learn(ComputationGraph network) {
        FusedUpdater.install(network);
        INDArray images = Nd4j.linspace(-1, 1, 4 * 3 * 32 * 32, DataType.FLOAT).reshape(4, 3, 32, 32);
        INDArray labels = Nd4j.eye(4).castTo(DataType.FLOAT).getColumns(0, 1, 2).dup();
        for (int step = 0; step < STEPS; step++) {
            network.fit(new DataSet(images, labels));
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create(ui.address()).resolve(path);
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int port() {
        return URI.create(ui.address()).getPort();
    }

    private void connect(InetAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port()), 2000);
        }
    }

    @Test
    void watchingChangesNothing() {
        ComputationGraph unwatched = network();
        learn(unwatched);
        assertEquals(unwatched.params(), watched.params());
    }

    @Test
    void tellsTheScoreOfEveryThirdStep() throws IOException, InterruptedException {
        JsonNode data = new ObjectMapper().readTree(get("/train/overview/data").body());
        assertEquals("[3,6,9,12,15,18,21,24,27]", data.get("scoresIter").toString());
        assertEquals(9, data.get("scores").size());
        assertTrue(
                data.get("scores").get(8).asDouble() < data.get("scores").get(0).asDouble(), data.toString());
        assertEquals(9, data.get("updateRatios").get("stage1.block1.fused_W").size());
        assertEquals("runs-tiny", get("/train/sessions/current").body());
        assertEquals(
                data.get("updateTimestamp").asText(),
                get("/train/sessions/lastUpdate/runs-tiny").body());
    }

    @Test
    void tellsWhenItBegan() throws IOException, InterruptedException {
        HttpResponse<String> start = get("/train/overview/start");
        assertEquals(
                "application/json", start.headers().firstValue("Content-Type").orElseThrow());
        JsonNode data = new ObjectMapper().readTree(get("/train/overview/data").body());
        long lastUpdate = data.get("updateTimestamp").asLong();
        long began = Long.parseLong(start.body());
        assertTrue(began > lastUpdate - 300_000 && began < lastUpdate, began + " is not soon before " + lastUpdate);
    }

    @ParameterizedTest
    @CsvSource({
        "css/style.css, .legend",
        "js/train/overview.js, /train/overview/start",
        "js/train/model.js, renderMeanMagFromFirst",
    })
    void mendsThePagesFilesAtTheirEnds(String path, String ours) throws IOException, InterruptedException {
        String file = get("/assets/" + path).body();
        assertTrue(file.indexOf(ours) > 3000, "no " + ours + " behind DL4J's part of " + path);
    }

    @Test
    void knowsOurLayersByName() throws IOException, InterruptedException {
        String graph = get("/train/model/graph").body();
        for (String name : List.of("stem", "stage2.block1.squeezeExcite", "classifier")) {
            assertTrue(graph.contains(name), graph);
        }
        String layer = get("/train/model/data/2").body();
        assertTrue(layer.contains("paramHist"), layer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/train/overview", "/train/model", "/train/system"})
    void hasThePages(String path) throws IOException, InterruptedException {
        HttpResponse<String> page = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(ui.address()).resolve(path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("DL4J Training UI"), page.body());
    }

    @ParameterizedTest
    @CsvSource({
        "/assets/js/train/overview.js, 200",
        "/assets/css/style.css, 200",
        "/assets/webjars/jquery/3.4.1/dist/jquery.min.js, 200",
        "/assets/webjars/flot/0.8.3/jquery.flot.js, 200",
        "/assets/webjars/cytoscape/3.3.3/dist/cytoscape.min.js, 200",
        "/assets/webjars/none.js, 404",
        "/assets/js/../../logback.xml, 404",
        "/assets/..%2f..%2f..%2f..%2fetc/passwd, 404",
        "/assets//etc/passwd, 404",
        "/setup, 404",
        "/remoteReceive, 404",
        "/setlang/xx, 404",
        "/setlang/runs-tiny/de, 404",
        "/train/sessions/set/none, 404",
        "/train/workers/setByIdx/7, 404",
        "/train/none/overview, 404",
        "/train/multisession, 200",
        "/train/sessions/info, 200",
        "/train/sessions/lastUpdate/none, 200",
        "/train/overview, 200",
    })
    void handsOutThePagesFilesAlone(String path, int code) throws IOException {
        assertEquals(code, raw("GET " + path, "localhost"));
    }

    @Test
    void refusesOtherMachinesNames() throws IOException {
        assertEquals(421, raw("GET /train/overview", "example.com"));
        assertEquals(421, raw("GET /train/overview", "127.0.0.1.example.com:" + port()));
        assertEquals(200, raw("GET /train/overview", "127.0.0.1:" + port()));
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD /train/overview, 200",
        "POST /remoteReceive, 405",
        "POST /train/upload, 405",
        "PUT /train/overview, 405",
        "DELETE /assets/css/style.css, 405",
        "OPTIONS /train/overview, 405",
    })
    void answersWhatReadsAlone(String request, int code) throws IOException {
        assertEquals(code, raw(request, "localhost"));
    }

    /** Whatever is asked, the pages after it are the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/setlang/xx",
                "/train/sessions/set/none",
                "/train/workers/setByIdx/7",
                "/train/model/data/none",
                "/train/model/data/-1",
                "/train/sessions/lastUpdate/none"
            })
    void noRequestBreaksThePages(String request) throws IOException, InterruptedException {
        get(request);
        for (String page : List.of("/train/overview", "/train/model", "/train/system")) {
            HttpResponse<String> answer = get(page);
            assertEquals(200, answer.statusCode(), page);
            assertTrue(answer.body().contains("DL4J Training UI"), answer.body());
        }
        assertEquals("runs-tiny", get("/train/sessions/current").body());
        assertTrue(get("/train/model/data/2").body().contains("paramHist"));
    }

    @Test
    void answersBesideClientsThatNeverEndTheirRequest() throws IOException {
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port())) {
            slow.getOutputStream()
                    .write("GET /train/overview HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
            assertEquals(200, raw("GET /train/overview", "localhost"));
        }
    }

    /** A request as it stands, which clients would tidy up. */
    private int raw(String request, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    @Test
    void answersOnTheLoopbackAlone() throws IOException {
        connect(InetAddress.getLoopbackAddress());
        for (InetAddress address : otherAddresses()) {
            assertThrows(IOException.class, () -> connect(address), address::toString);
        }
        Path sockets = Path.of("/proc/self/net/tcp6");
        if (Files.isReadable(sockets)) {
            // Local address, no remote one, state LISTEN; as Linux writes 127.0.0.1 of a socket for both versions of
            // IP.
            String socket = String.format(" 0000000000000000FFFF00000100007F:%04X %032d:0000 0A ", port(), 0);
            assertTrue(Files.readString(sockets).contains(socket), () -> "no socket" + socket);
        }
    }

    private static List<InetAddress> otherAddresses() throws IOException {
        Stream<InetAddress> all = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
        return all.filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
    }

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InvalidInputException refusal =
                    assertThrows(InvalidInputException.class, () -> TrainingUi.start(other.getLocalPort(), "second"));
            assertTrue(refusal.getMessage().contains("port " + other.getLocalPort()), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("another port"), refusal.getMessage());
        }
        assertThrows(InvalidInputException.class, () -> TrainingUi.start(70_000, "no port"));
    }
}
