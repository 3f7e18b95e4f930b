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
import java.util.Set;
import org.deeplearning4j.ui.VertxUIServer;

/** The pages' scripts, styles and pictures, from the class path's two folders of them and from nowhere else. */
final class PageAssets {
    private static final String PREFIX = "/assets/";
    private static final String WEBJARS = "META-INF/resources/";
    /** DL4J's files that one of ours of the same name follows, to mend what they show. */
    private static final Set<String> MENDED = Set.of("css/style.css", "js/train/overview.js", "js/train/model.js");

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
        return MENDED.contains(path) ? content.map(file -> mended(file, parts.get(parts.size() - 1))) : content;
    }

    private static byte[] mended(byte[] file, String name) {
        byte[] ours = resource(PageAssets.class.getResourceAsStream(name)).orElseThrow();
        return Buffer.buffer(file).appendBytes(ours).getBytes();
    }

    private static Optional<byte[]> resource(InputStream stream) {
        try (InputStream file = stream) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
