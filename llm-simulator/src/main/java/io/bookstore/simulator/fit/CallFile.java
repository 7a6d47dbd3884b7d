package io.bookstore.simulator.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.record.RecordedCall;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls in a file of JSON lines, as {@code GET /admin/journal} or a recording writes them.
 *
 * @param calls   in the order of the file
 * @param leftOut a sentence for each reason to leave lines out, with the first line and their number
 */
record CallFile(List<Call> calls, List<String> leftOut) {

    private static final ObjectMapper json = new ObjectMapper();
    private static final String CHAT = "chat";

    CallFile {
        calls = List.copyOf(calls);
        leftOut = List.copyOf(leftOut);
    }

    /** @throws IllegalArgumentException if the file cannot be read */
    static CallFile read(Path file) {
        Reading reading = new Reading();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    reading.take(number, line);
                }
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "There is no file " + file + ": name a journal, as GET /admin/journal writes it, or a recording",
                    e);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(file + " is not a text of JSON lines: name a journal", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + file + ": " + e.getMessage(), e);
        }
        return new CallFile(reading.calls, reading.sentences());
    }

    /** The lines taken and those left out, by their reason. */
    private static final class Reading {

        private final List<Call> calls = new ArrayList<>();
        private final List<LeftOut> leftOut = new ArrayList<>();

        private void take(int number, String line) {
            try {
                JsonNode node = json.readTree(line);
                if (!node.isObject()) {
                    leaveOut("is no JSON object", number);
                } else if (RecordedCall.isRecorded(node)) {
                    calls.add(call(RecordedCall.of(node)));
                } else if (!node.path("operation").asText(CHAT).equals(CHAT)) {
                    leaveOut("is no chat", number);
                } else if (node.has("batch")) {
                    leaveOut("is of a batch, which has its own times", number);
                } else {
                    calls.add(call(node));
                }
            } catch (JsonProcessingException e) {
                leaveOut("is no JSON", number);
            } catch (IllegalArgumentException e) {
                leaveOut(String.valueOf(e.getMessage()), number);
            }
        }

        private void leaveOut(String reason, int number) {
            leftOut.stream()
                    .filter(each -> each.reason.equals(reason))
                    .findFirst()
                    .orElseGet(() -> {
                        LeftOut first = new LeftOut(reason, number);
                        leftOut.add(first);
                        return first;
                    })
                    .lines++;
        }

        private List<String> sentences() {
            return leftOut.stream().map(LeftOut::sentence).toList();
        }
    }

    private static final class LeftOut {

        private final String reason;
        private final int first;
        private int lines;

        private LeftOut(String reason, int first) {
            this.reason = reason;
            this.first = first;
        }

        private String sentence() {
            return "Line " + first + " " + reason + (lines == 1 ? "" : ", and so are " + (lines - 1) + " more")
                    + ": left out";
        }
    }

    private static Call call(RecordedCall recorded) {
        return new Call(
                recorded.time(),
                recorded.model(),
                recorded.status(),
                recorded.completed(),
                recorded.uncachedTokens(),
                recorded.outputTokens(),
                recorded.ttftMs(),
                recorded.durationMs(),
                recorded.textMs().length,
                recorded.textMs());
    }

    private static Call call(JsonNode node) {
        JsonNode times = node.path("actualChunksMs");
        double[] chunkMs = new double[times.size()];
        for (int i = 0; i < chunkMs.length; i++) {
            chunkMs[i] = times.get(i).asDouble();
            if (chunkMs[i] < (i == 0 ? 0 : chunkMs[i - 1])) {
                throw new IllegalArgumentException("has actualChunksMs that do not ascend");
            }
        }
        return new Call(
                time(node),
                text(node, "model"),
                whole(node, "status"),
                node.path("outcome").asText().equals("completed"),
                Math.max(0, whole(node, "inputTokens") - whole(node, "cacheReadTokens")),
                whole(node, "outputTokens"),
                node.has("actualTtftMs") ? Double.valueOf(millis(node, "actualTtftMs")) : null,
                millis(node, "actualDurationMs"),
                Math.max(whole(node, "chunks"), chunkMs.length),
                chunkMs);
    }

    private static Instant time(JsonNode node) {
        try {
            return Instant.parse(node.path("time").asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("has no time such as 2026-01-01T00:00:00Z", e);
        }
    }

    private static @Nullable String text(JsonNode node, String key) {
        return node.path(key).isTextual() ? node.get(key).textValue() : null;
    }

    private static int whole(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (!value.canConvertToInt() || value.intValue() < 0) {
            throw new IllegalArgumentException("has a " + key + " that is no whole number of at least 0");
        }
        return value.intValue();
    }

    private static double millis(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isNumber() || !(value.doubleValue() >= 0)) {
            throw new IllegalArgumentException("has no " + key + " of at least 0");
        }
        return value.doubleValue();
    }
}
