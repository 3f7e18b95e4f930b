package org.efficientnet4j.ui;

import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.module.train.TrainModule;
import org.efficientnet4j.core.web.LoopbackGuard;

/**
 * Answers for DL4J's training pages on the loopback. DL4J's own start listens on every network of the machine, takes
 * uploads and reports from anyone and hands out files by any path; here are its pages alone, read-only, under the rule of
 * {@link LoopbackGuard}.
 *
 * <p>It is DL4J's server by type since the pages ask {@link VertxUIServer#getInstance}, the last one made, how they are
 * served.
 */
final class LoopbackPages extends VertxUIServer {
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * DL4J's routes that read. The others change what all pages show: another session or worker, or a language, of which
     * one that DL4J does not have breaks them.
     */
    private static final Set<String> READING = Set.of(
            "/train",
            "/train/multisession",
            "/train/overview",
            "/train/overview/data",
            "/train/model",
            "/train/model/graph",
            "/train/model/data/:layerId",
            "/train/system",
            "/train/system/data",
            "/train/sessions/current",
            "/train/sessions/info",
            "/train/sessions/lastUpdate/:sessionId");

    private static final int IDLE_SECONDS = 30;
    private static final int MOST_CONNECTIONS = 64;

    private static final int FOUND = 302;

    private final int wantedPort;
    private final StatsStorage storage;
    private final long started = System.currentTimeMillis();
    private HttpServer server;
    private int connections; // on the server's thread alone

    LoopbackPages(int wantedPort, StatsStorage storage) {
        this.wantedPort = wantedPort;
        this.storage = storage;
    }

    @Override
    public void start(Promise<Void> started) {
        TrainModule pages = new TrainModule();
        pages.onAttach(storage);
        // On the server's thread: the pages hold their lock while they draw, and training must not wait for that.
        storage.registerStatsStorageListener(
                event -> context.runOnContext(none -> pages.reportStorageEvents(List.of(event))));
        HttpServerOptions options = new HttpServerOptions()
                .setHost(LOOPBACK)
                .setPort(wantedPort)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        server = vertx.createHttpServer(options)
                .connectionHandler(this::bound)
                .requestHandler(router(pages))
                .listen(listening -> {
                    if (listening.succeeded()) {
                        started.complete();
                    } else {
                        started.fail(listening.cause());
                    }
                });
    }

    private void bound(HttpConnection connection) {
        connections++;
        connection.closeHandler(closed -> connections--);
        if (connections > MOST_CONNECTIONS) {
            connection.close();
        }
    }

    private Router router(TrainModule pages) {
        Router router = Router.router(vertx);
        router.route().handler(LoopbackPages::guard);
        read(router, "/").handler(request -> request.response()
                .setStatusCode(FOUND)
                .putHeader("Location", "/train/overview")
                .end());
        read(router, "/assets/*").handler(PageAssets::answer);
        read(router, "/train/overview/start").handler(request -> request.response()
                .putHeader("Content-Type", "application/json")
                .end(Long.toString(started)));
        for (Route route : pages.getRoutes()) {
            if (READING.contains(route.getRoute())) {
                List<String> names = parameters(route.getRoute());
                read(router, route.getRoute()).handler(request -> route.getConsumer()
                        .accept(names.stream().map(request::pathParam).toList(), request));
            }
        }
        return router;
    }

    private static io.vertx.ext.web.Route read(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private static List<String> parameters(String route) {
        return Arrays.stream(route.split("/"))
                .filter(part -> part.startsWith(":"))
                .map(part -> part.substring(1))
                .toList();
    }

    private static void guard(RoutingContext request) {
        HttpServerResponse response = request.response();
        LoopbackGuard.HEADERS.forEach(header -> response.putHeader(header.name(), header.value()));
        Optional<LoopbackGuard.Refusal> refusal = LoopbackGuard.refusal(
                request.request().rawMethod(), request.request().host());
        if (refusal.isPresent()) {
            response.setStatusCode(refusal.get().status()).end(refusal.get().reason());
        } else {
            request.next();
        }
    }

    @Override
    public String getAddress() {
        return "http://" + LOOPBACK + ":" + getPort();
    }

    @Override
    public int getPort() {
        return server.actualPort();
    }
}
