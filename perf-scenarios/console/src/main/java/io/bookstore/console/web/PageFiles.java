package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of the page, from this module's jar; a path is looked up in a list and never becomes the name of a file. */
final class PageFiles implements HttpHandler {

    private static final List<String> FILES = List.of(
            "index.html",
            "style.css",
            "icon.svg",
            "app.js",
            "api.js",
            "call-filter.js",
            "calls.js",
            "charts.js",
            "compare.js",
            "conversations.js",
            "dom.js",
            "format.js",
            "gate.js",
            "provider.js",
            "provider-forms.js",
            "run.js",
            "runs.js",
            "search.js",
            "service.js",
            "session.js",
            "trace.js",
            "windowed.js");

    /** The description of the REST API, which is served below {@code /api}. */
    private static final String OPEN_API = "openapi.json";

    private final Map<String, PageFile> files = new HashMap<>();

    private record PageFile(String type, byte[] body) {}

    PageFiles() {
        FILES.forEach(name -> files.put("/" + name, new PageFile(type(name), read(name))));
        files.put("/api/" + OPEN_API, new PageFile(type(OPEN_API), read(OPEN_API)));
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "json" -> "application/json";
            case "svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }

    private static byte[] read(String name) {
        try (InputStream file = PageFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the jar of the console has no " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (Answer.refusedMethod(exchange)) {
            return;
        }
        String path = exchange.getRequestURI().getPath();
        PageFile file = files.get(path.equals("/") ? "/index.html" : path);
        if (file == null) {
            Answer.problem(exchange, 404, "The console has no page " + path + ".");
            return;
        }
        Answer.bytes(exchange, 200, file.type(), file.body());
    }
}
