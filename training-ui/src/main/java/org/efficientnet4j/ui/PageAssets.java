package org.efficientnet4j.ui;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.MimeMapping;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.ui.VertxUIServer;

/** The pages' scripts, styles and pictures, from the class path's two folders of them and from nowhere else. */
final class PageAssets {
    private static final String PREFIX = "/assets/";
    private static final String WEBJARS = "META-INF/resources/";
    private static final String STYLE = "css/style.css";
    private static final int NOT_FOUND = 404;

    private PageAssets() {}

    static void answer(RoutingContext request) {
        String path = request.normalisedPath().substring(PREFIX.length());
        Optional<byte[]> content = read(path);
        if (content.isEmpty()) {
            request.response().setStatusCode(NOT_FOUND).end();
            return;
        }
        String type = MimeMapping.getMimeTypeForFilename(path);
        if (type != null) {
            request.response().putHeader("Content-Type", type);
        }
        request.response().end(Buffer.buffer(content.get()));
    }

    /** A file's content; empty where there is none such. */
    static Optional<byte[]> read(String path) {
        List<String> parts = Arrays.asList(path.split("/", -1));
        if (parts.contains("..") || parts.contains(".") || parts.contains("")) {
            return Optional.empty();
        }
        String folder = path.startsWith("webjars/") ? WEBJARS : VertxUIServer.ASSETS_ROOT_DIRECTORY;
        Optional<byte[]> content = resource(VertxUIServer.class.getClassLoader().getResourceAsStream(folder + path));
        return path.equals(STYLE) ? content.map(PageAssets::withLegends) : content;
    }

    private static byte[] withLegends(byte[] style) {
        byte[] legends =
                resource(PageAssets.class.getResourceAsStream("legends.css")).orElseThrow();
        return Buffer.buffer(style).appendBytes(legends).getBytes();
    }

    private static Optional<byte[]> resource(InputStream stream) {
        try (InputStream file = stream) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
