package io.bookstore.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tab of the system's Chromium, driven by its own protocol: nothing has to be downloaded for it. */
final class Chromium implements AutoCloseable {

    private static final ObjectMapper json = new ObjectMapper();
    private static final long MOST_MINUTES = 3;

    /** Sentences of the browser's console that are errors: exceptions, and what the content security policy forbids. */
    final List<String> errors = new CopyOnWriteArrayList<>();

    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final Process process;
    private final WebSocket socket;
    private int lastId;

    private Chromium(Process process, URI tab) {
        this.process = process;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(tab, new Listener())
                .join();
    }

    /** Returns the browser on the path; empty if there is none. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "google-chrome").map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param folder an empty one, for the profile */
    static Chromium start(Path program, Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--user-data-dir=" + folder,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Chromium chromium = new Chromium(process, tab(folder.resolve("DevToolsActivePort")));
            chromium.call("Page.enable", Map.of());
            chromium.call("Runtime.enable", Map.of());
            chromium.call("Log.enable", Map.of());
            return chromium;
        } catch (Exception | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The browser writes its port, and then answers with its tabs. */
    private static URI tab(Path portFile) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MOST_MINUTES);
        while (System.nanoTime() < end) {
            if (Files.exists(portFile) && Files.readAllLines(portFile).size() > 1) {
                String address =
                        "http://127.0.0.1:" + Files.readAllLines(portFile).get(0) + "/json/list";
                String tabs = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
                for (JsonNode tab : json.readTree(tabs)) {
                    if (tab.path("type").asText().equals("page")) {
                        return URI.create(tab.path("webSocketDebuggerUrl").asText());
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("the browser has not opened a tab");
    }

    void open(String address) throws Exception {
        call("Page.navigate", Map.of("url", address));
    }

    /** Sets the window's size and whether the person prefers dark colours. */
    void look(int width, int height, boolean dark) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /** Presses a key such as {@code Enter}, or a character. */
    void press(String key) throws Exception {
        Map<String, Object> event = switch (key) {
            case "Enter" -> Map.of("key", key, "code", key, "text", "\r", "windowsVirtualKeyCode", 13);
            case "Escape" -> Map.of("key", key, "code", key, "windowsVirtualKeyCode", 27);
            case "ArrowDown" -> Map.of("key", key, "code", key, "windowsVirtualKeyCode", 40);
            default -> Map.of("key", key, "text", key);
        };
        Map<String, Object> down = new HashMap<>(event);
        down.put("type", "keyDown");
        call("Input.dispatchKeyEvent", down);
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** Evaluates an expression, and waits for its value if that is a promise. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.at("/result/value");
    }

    /** Waits until an expression is true. */
    void await(String expression) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MOST_MINUTES);
        // A document that is being loaded has no body yet.
        while (!evaluate("document.body !== null && !!(" + expression + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(expression + " is not true of " + evaluate("document.body.innerText"));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    void screenshot(Path png) throws Exception {
        JsonNode shot = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.write(png, Base64.getDecoder().decode(shot.path("data").asText()));
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = ++lastId;
        socket.sendText(json.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        JsonNode answer = answers.poll(MOST_MINUTES, TimeUnit.MINUTES);
        if (answer == null || answer.path("id").asInt() != id || answer.has("error")) {
            throw new AssertionError(method + " was answered with " + answer);
        }
        return answer.path("result");
    }

    @Override
    public void close() throws Exception {
        call("Browser.close", Map.of());
        process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                take(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String text) {
            try {
                JsonNode read = json.readTree(text);
                if (read.has("id")) {
                    answers.add(read);
                } else if (read.path("method").asText().equals("Runtime.exceptionThrown")) {
                    errors.add(read.at("/params/exceptionDetails").toString());
                } else if (read.at("/params/entry/level").asText().equals("error")) {
                    errors.add(read.at("/params/entry/text").asText());
                }
            } catch (IOException e) {
                errors.add("no JSON from the browser: " + e.getMessage());
            }
        }
    }
}
