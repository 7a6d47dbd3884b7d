package io.bookstore.perf.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The provider of a service: a real simulator whose answers take 0.7 s, asked in OpenAI's format. */
final class ChatProvider implements AutoCloseable {

    private static final String DATA = "data: ";

    private static final ObjectMapper json = new ObjectMapper();

    private final SimulatorServer simulator =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("fixed"));
    private final HttpClient http = HttpClient.newHttpClient();

    /** Takes the chunks of a stream as they come. */
    @FunctionalInterface
    interface ChunkHandler {
        void take(JsonNode chunk) throws IOException;
    }

    /** Asks for a whole answer. */
    JsonNode ask(String prompt) throws IOException {
        try (InputStream body = send(request(prompt))) {
            return json.readTree(body);
        }
    }

    /** Asks for a stream, whose last chunk has the usage, and returns at its end. */
    void stream(String prompt, ChunkHandler handler) throws IOException {
        ObjectNode request = request(prompt).put("stream", true);
        request.putObject("stream_options").put("include_usage", true);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(send(request), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA + "{")) {
                    handler.take(json.readTree(line.substring(DATA.length())));
                }
            }
        }
    }

    private static ObjectNode request(String prompt) {
        ObjectNode request = json.createObjectNode().put("model", "gpt-4o-mini");
        request.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return request;
    }

    private InputStream send(ObjectNode body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(simulator.baseUrl().resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer any")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        simulator.close();
    }
}
