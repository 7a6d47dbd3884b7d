package io.bookstore.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** A tab of the system's Chromium, driven by its own protocol: nothing has to be downloaded for it. */
public final class Chromium implements AutoCloseable {

    static final String MISSING =
            "skipped: neither chromium nor google-chrome is on the PATH; apt-get install chromium brings one";

    private static final ObjectMapper json = new ObjectMapper();

    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final ChildProcess process;
    private final WebSocket socket;
    private int lastId;

    private Chromium(ChildProcess process, URI tab) {
        this.process = process;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(tab, new Listener())
                .join();
    }

    /**
     * Starts the browser on PATH; the calling test is skipped, saying so, if there is none.
     *
     * @param folder a temporary folder of the test, for the browser's own files
     */
    public static Chromium orSkip(Path folder) throws IOException {
        Program program = program().orElseThrow(() -> new TestAbortedException(MISSING));
        Path profile = Files.createTempDirectory(folder, "chromium");
        ChildProcess process = program.command(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        // The shared memory of a container is too small for a tab.
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .start(profile.resolve("chromium.log"));
        try {
            Chromium chromium = new Chromium(
                    process, Objects.requireNonNull(Awaitility.await().until(() -> tab(profile), Objects::nonNull)));
            chromium.call("Page.enable", Map.of());
            chromium.call("Runtime.enable", Map.of());
            chromium.call("Log.enable", Map.of());
            // Without it a page has no focus before the first key, and no event tells when an element has or loses it.
            chromium.call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
            return chromium;
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    /** The browser on PATH; empty if there is none. */
    static Optional<Program> program() {
        return Stream.of("chromium", "google-chrome")
                .flatMap(name -> Program.find(name).stream())
                .findFirst();
    }

    /** The address of the first tab; null as long as the browser has not written its port and opened one. */
    private static @Nullable URI tab(Path profile) throws IOException, InterruptedException {
        Path port = profile.resolve("DevToolsActivePort");
        if (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
            return null;
        }
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list");
        String tabs = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        for (JsonNode tab : json.readTree(tabs)) {
            if (tab.path("type").asText().equals("page")) {
                return URI.create(tab.path("webSocketDebuggerUrl").asText());
            }
        }
        return null;
    }

    /** Sentences of the browser's console that are errors: exceptions, and what a content security policy forbids. */
    public List<String> errors() {
        return errors;
    }

    /** Opens an address, and returns before the page is there. */
    public void open(String address) {
        call("Page.navigate", Map.of("url", address));
    }

    /** Opens a file, and waits until all of the page is there. */
    public void open(Path page) {
        open("about:blank");
        await("location.href === 'about:blank'");
        open(page.toUri().toString());
        await("location.href !== 'about:blank' && document.readyState === 'complete'");
    }

    /** Sets the window's size and whether the person prefers dark colours. */
    public void look(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /** Presses a key such as {@code Enter}, or a character. */
    public void press(String key) {
        Map<String, Object> event = switch (key) {
            case "Enter" -> Map.of("key", key, "code", key, "text", "\r", "windowsVirtualKeyCode", 13);
            case "Escape" -> Map.of("key", key, "code", key, "windowsVirtualKeyCode", 27);
            case "PageUp" -> Map.of("key", key, "code", key, "windowsVirtualKeyCode", 33);
            case "PageDown" -> Map.of("key", key, "code", key, "windowsVirtualKeyCode", 34);
            case "End" -> Map.of("key", key, "code", key, "windowsVirtualKeyCode", 35);
            case "Home" -> Map.of("key", key, "code", key, "windowsVirtualKeyCode", 36);
            case "ArrowUp" -> Map.of("key", key, "code", key, "windowsVirtualKeyCode", 38);
            case "ArrowDown" -> Map.of("key", key, "code", key, "windowsVirtualKeyCode", 40);
            default -> Map.of("key", key, "text", key);
        };
        Map<String, Object> down = new HashMap<>(event);
        down.put("type", "keyDown");
        call("Input.dispatchKeyEvent", down);
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** Evaluates an expression, and waits for its value if that is a promise. */
    public JsonNode evaluate(String expression) {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.at("/result/value");
    }

    /** Waits until an expression is true. */
    public void await(String expression) {
        try {
            // A document that is being loaded has no body yet.
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .until(() -> evaluate("document.body !== null && !!(" + expression + ")")
                            .asBoolean());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(expression + " is not true of " + evaluate("document.body.innerText"), e);
        }
    }

    /**
     * Returns what axe finds wrong with the accessibility of the page: its rule, where, and what to do; empty for a sound page.
     */
    public List<String> accessibilityFindings() {
        evaluate(axe());
        JsonNode violations = evaluate("axe.run().then(({ violations }) => violations)");
        List<String> findings = new ArrayList<>();
        for (JsonNode rule : violations) {
            for (JsonNode node : rule.path("nodes")) {
                findings.add(rule.path("id").asText() + " at "
                        + node.path("target").path(0).asText() + ": "
                        + rule.path("help").asText());
            }
        }
        return findings;
    }

    private static String axe() {
        try (InputStream script = Chromium.class.getResourceAsStream("/axe.min.js")) {
            // Its own value cannot be sent.
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8) + ";0";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what is seen of the page as a picture. */
    public void screenshot(Path png) throws IOException {
        JsonNode shot = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.write(png, Base64.getDecoder().decode(shot.path("data").asText()));
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = ++lastId;
        ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
        socket.sendText(message.set("params", json.valueToTree(parameters)).toString(), true)
                .join();
        JsonNode answer = answer();
        if (answer == null || answer.path("id").asInt() != id || answer.has("error")) {
            throw new AssertionError(method + " was answered with " + answer);
        }
        return answer.path("result");
    }

    private @Nullable JsonNode answer() {
        try {
            return answers.poll(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        call("Browser.close", Map.of());
        process.exitCode();
        process.close();
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
