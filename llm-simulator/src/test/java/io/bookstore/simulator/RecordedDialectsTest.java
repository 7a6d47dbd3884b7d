package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every format, streamed and not, passes the proxy and the replay byte for byte, and is read for a comparison. */
class RecordedDialectsTest {

    private static final int MAX_TOKENS = 20;

    @TempDir
    private Path folder;

    @Test
    void recordedAnswersAreReplayedByteForByte() throws Exception {
        Path cassette = folder.resolve("calls.jsonl");
        Map<String, String> answers = new LinkedHashMap<>();
        try (SimulatorServer provider =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"))) {
            try (RunningCommand recording = record(provider, cassette)) {
                RawHttp http = new RawHttp(recording.url());
                for (byte[] request : requests()) {
                    answers.put(new String(request, StandardCharsets.UTF_8), body(exchange(http, request)));
                }
            }
        }
        assertThat(answers).hasSize(2 * Dialect.values().length);
        List<String> lines = Files.readAllLines(cassette);
        assertThat(lines).hasSize(answers.size()).allSatisfy(line -> {
            JsonNode json = new ObjectMapper().readTree(line);
            assertThat(json.path("cassette").intValue()).isEqualTo(1);
            assertThat(json.path("outcome").asText()).isEqualTo("completed");
            assertThat(json.path("chunks")).isNotEmpty();
        });

        try (RunningCommand replay =
                RunningCommand.start("replay", cassette.toString(), "--port", "0", "--strict", "--speed", "10")) {
            RawHttp http = new RawHttp(replay.url());

            assertThat(replay.greeting())
                    .startsWith("llm-simulator replays %1$d answers to %1$d requests at ".formatted(answers.size()))
                    .endsWith(" (strict); Ctrl-C ends it");
            for (Map.Entry<String, String> each : answers.entrySet()) {
                String answer = exchange(http, each.getKey().getBytes(StandardCharsets.UTF_8));
                assertThat(answer).startsWith("HTTP/1.1 200 ");
                assertThat(body(answer)).isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void unmatchedRequestGetsTheProvidersErrorIfStrictAndTheSimulatorsAnswerElse() throws Exception {
        Path cassette = folder.resolve("calls.jsonl");
        byte[] asked = request(Dialect.ANTHROPIC, false, "Emma");
        byte[] other = request(Dialect.ANTHROPIC, false, "Persuasion");
        try (SimulatorServer provider = SimulatorServer.start(
                        SimulatorConfig.defaults().withPort(0).withProfile("zero"));
                RunningCommand recording = record(provider, cassette)) {
            new RawHttp(recording.url()).exchange(asked);
        }

        try (RunningCommand replay = RunningCommand.start("replay", cassette.toString(), "--port", "0", "--strict")) {
            assertThat(new RawHttp(replay.url()).exchange(other))
                    .startsWith("HTTP/1.1 404 ")
                    .contains(
                            "\"type\":\"not_found_error\"",
                            "POST /v1/messages was not recorded as it is asked: the nearest recorded request differs at"
                                    + " /messages/0/content: recorded \\\"Emma\\\", asked \\\"Persuasion\\\"; record it,"
                                    + " or replay without --strict");
        }
        try (RunningCommand replay =
                RunningCommand.start("replay", cassette.toString(), "--port", "0", "--profile", "zero")) {
            assertThat(new RawHttp(replay.url()).exchange(other))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"type\":\"message\"");
        }
    }

    @Test
    void twoRecordingsOfTheSameRequestsAreCompared() throws Exception {
        Path first = folder.resolve("first.jsonl");
        Path second = folder.resolve("second.jsonl");
        for (Path each : List.of(first, second)) {
            try (SimulatorServer provider = SimulatorServer.start(
                            SimulatorConfig.defaults().withPort(0).withProfile("zero"));
                    RunningCommand recording = record(provider, each)) {
                RawHttp http = new RawHttp(recording.url());
                for (byte[] request : requests()) {
                    http.exchange(request);
                }
            }
        }
        StringWriter out = new StringWriter();

        Main.commandLine(Map.of()).setOut(new PrintWriter(out)).execute("drift", first.toString(), second.toString());

        // Times of a profile without latency are the machine's.
        int all = 2 * Dialect.values().length;
        assertThat(out.toString())
                .contains("in %d pairs of equal requests.".formatted(all))
                .containsPattern("status +200 +200 +%1$d +%1$d of %1$d the same".formatted(all))
                .containsPattern("finish reason .* %1$d of %1$d the same".formatted(all))
                .containsPattern("text +%1$d +%1$d of %1$d the same, similarity 1.00 in the median".formatted(all))
                .containsPattern("output tokens +20 +20 +%d +\\+0 %%".formatted(all));
    }

    private RunningCommand record(SimulatorServer provider, Path cassette) throws Exception {
        return RunningCommand.start(
                "record", "--to", provider.baseUrl().toString(), "--out", cassette.toString(), "--port", "0");
    }

    /** The answer, a character for each byte: Bedrock's streams are no text. */
    private static String exchange(RawHttp http, byte[] request) throws IOException {
        try (Socket socket = http.open()) {
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The body with the borders of its chunks. */
    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n"));
    }

    private static List<byte[]> requests() {
        List<byte[]> requests = new ArrayList<>();
        for (Dialect dialect : Dialect.values()) {
            // The growing array and the events of Gemini share the document.
            requests.add(request(dialect, false, dialect == Dialect.GEMINI_ARRAY ? "Persuasion" : "Emma"));
            requests.add(request(dialect, true, "Emma"));
        }
        return requests;
    }

    private static byte[] request(Dialect dialect, boolean streaming, String prompt) {
        return RawHttp.request(
                "POST",
                dialect.path(dialect.model(), streaming),
                dialect.body(dialect.model(), streaming, MAX_TOKENS, prompt));
    }
}
