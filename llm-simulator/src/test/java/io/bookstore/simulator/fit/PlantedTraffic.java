package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.cache.CacheMode;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.simulation.Behaviour;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calls of a client that streams from a running simulator: status and tokens as they came over HTTP, times as the
 * simulator had planned them, so that a busy machine does not count.
 */
final class PlantedTraffic {

    private static final int CLIENTS = 48;
    private static final ObjectMapper json = new ObjectMapper();
    private static final Pattern usage = Pattern.compile("\"prompt_tokens\":(\\d+),\"completion_tokens\":(\\d+)");

    private PlantedTraffic() {}

    /** Streams with prompts of up to 3,000 words, as of a client that sends one after the other. */
    static List<Call> of(Profile profile, int count) throws Exception {
        SimulatorConfig config = SimulatorConfig.defaults()
                .withPort(0)
                .withBehaviour(Behaviour.defaults().withProfile(profile).withPromptCache(CacheMode.OFF))
                .withSeed(2);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (SimulatorServer simulator = SimulatorServer.start(config)) {
            RawHttp http = new RawHttp(simulator.baseUrl());
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String key = "planted-" + i;
                String prompt = "word ".repeat(1 + (i * 37) % 3_000);
                answers.add(
                        clients.submit(() -> http.post("/v1/chat/completions", body(prompt), "x-request-id: " + key)));
            }
            List<String> whole = new ArrayList<>();
            for (Future<String> answer : answers) {
                whole.add(answer.get());
            }
            return calls(whole, journal(RawHttp.body(http.get("/admin/journal"))));
        } finally {
            clients.shutdownNow();
        }
    }

    private static String body(String prompt) {
        return "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\","
                + "\"content\":\"" + prompt + "\"}]}";
    }

    private static Map<String, JsonNode> journal(String lines) throws Exception {
        Map<String, JsonNode> byKey = new HashMap<>();
        for (String line : lines.split("\n")) {
            JsonNode attempt = json.readTree(line);
            byKey.put(attempt.path("requestKey").asText(), attempt);
        }
        return byKey;
    }

    private static List<Call> calls(List<String> answers, Map<String, JsonNode> journal) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            JsonNode planned = Objects.requireNonNull(journal.get("planted-" + i));
            double[] chunkMs = new double[planned.path("plannedChunksMs").size()];
            for (int chunk = 0; chunk < chunkMs.length; chunk++) {
                chunkMs[chunk] = planned.path("plannedChunksMs").get(chunk).asDouble();
            }
            Matcher tokens = usage.matcher(answers.get(i));
            if (!answers.get(i).startsWith("HTTP/1.1 200") || !tokens.find()) {
                throw new IllegalStateException("No usage in " + answers.get(i));
            }
            calls.add(new Call(
                    PlantedCalls.START.plusSeconds(10L * i),
                    "openai",
                    "gpt-4o",
                    200,
                    true,
                    Integer.parseInt(tokens.group(1)),
                    Integer.parseInt(tokens.group(2)),
                    planned.path("plannedTtftMs").asDouble(),
                    planned.path("plannedDurationMs").asDouble(),
                    chunkMs.length,
                    chunkMs));
        }
        return calls;
    }
}
