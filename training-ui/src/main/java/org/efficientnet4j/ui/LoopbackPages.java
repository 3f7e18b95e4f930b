package org.efficientnet4j.ui;

import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.api.HttpMethod;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.i18n.I18NProvider;
import org.deeplearning4j.ui.module.train.TrainModule;

/**
 * Answers for DL4J's training pages on the loopback. DL4J's own start listens on every network of the machine, takes
 * uploads and reports from anyone and hands out files by any path; here are its pages alone, read-only.
 *
 * <p>It is DL4J's server by type since the pages ask {@link VertxUIServer#getInstance}, the last one made, how they are
 * served.
 */
final class LoopbackPages extends VertxUIServer {
    private static final String LOOPBACK = "127.0.0.1";
    /** Names that only this machine's programs use: a page from elsewhere that resolves its own name to us is refused. */
    private static final Set<String> OWN_NAMES = Set.of(LOOPBACK, "localhost");

    private static final int MISDIRECTED = 421;
    private static final int FOUND = 302;

    private final int wantedPort;
    private final StatsStorage storage;
    private final long started = System.currentTimeMillis();
    private HttpServer server;

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
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost(LOOPBACK).setPort(wantedPort))
                .requestHandler(router(pages))
                .listen(listening -> {
                    if (listening.succeeded()) {
                        started.complete();
                    } else {
                        started.fail(listening.cause());
                    }
                });
    }

    private Router router(TrainModule pages) {
        Router router = Router.router(vertx);
        router.route().handler(LoopbackPages::requireOwnName);
        router.get("/").handler(request -> request.response()
                .setStatusCode(FOUND)
                .putHeader("Location", "/train/overview")
                .end());
        router.get("/assets/*").handler(PageAssets::answer);
        router.get("/train/overview/start").handler(request -> request.response()
                .putHeader("Content-Type", "application/json")
                .end(Long.toString(started)));
        router.get("/setlang/:to").handler(request -> {
            I18NProvider.getInstance().setDefaultLanguage(request.pathParam("to"));
            request.response().end();
        });
        for (Route route : pages.getRoutes()) {
            if (route.getHttpMethod() == HttpMethod.GET) {
                List<String> names = parameters(route.getRoute());
                router.get(route.getRoute()).handler(request -> route.getConsumer()
                        .accept(names.stream().map(request::pathParam).toList(), request));
            }
        }
        return router;
    }

    private static List<String> parameters(String route) {
        return Arrays.stream(route.split("/"))
                .filter(part -> part.startsWith(":"))
                .map(part -> part.substring(1))
                .toList();
    }

    private static void requireOwnName(RoutingContext request) {
        String host = String.valueOf(request.request().host()).replaceFirst(":\\d+$", "");
        if (OWN_NAMES.contains(host)) {
            request.next();
        } else {
            request.response().setStatusCode(MISDIRECTED).end("This page is for this machine alone.");
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
