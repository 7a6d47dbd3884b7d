package io.bookstore.simulator.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.proxy.ProxiedExchange;
import io.bookstore.simulator.proxy.ProxiedExchange.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A line of a cassette: a request, and its answer with the time of each chunk.
 *
 * @param time       when the request had been sent, from which all times count
 * @param sent       headers of the request
 * @param status     0 if the provider broke off before it told one
 * @param headers    of the answer
 * @param headMs     to the head of the answer
 * @param durationMs to its end
 */
record Recorded(
        Instant time,
        RequestForm request,
        Map<String, String> sent,
        int status,
        Map<String, String> headers,
        Outcome outcome,
        double headMs,
        double durationMs,
        List<Chunk> chunks) {

    /** The version of the lines that this program writes, and the only one that it reads. */
    static final int VERSION = 1;

    static final String VERSION_KEY = "cassette";

    /** The ways in which a recorded answer ended. */
    enum Outcome {
        COMPLETED,
        /** The provider broke off. */
        CUT,
        /** The client went away. */
        CANCELLED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Outcome of(String text) {
            for (Outcome each : values()) {
                if (each.text().equals(text)) {
                    return each;
                }
            }
            throw new IllegalArgumentException("has an outcome other than completed, cut and cancelled");
        }
    }

    /** A part of the answer's body. Do not modify the array. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Chunk(double ms, byte[] bytes) {}

    /** The line for an exchange, without its secrets. */
    static Recorded of(ProxiedExchange exchange) {
        int mark = exchange.uri().indexOf('?');
        String path = mark < 0 ? exchange.uri() : exchange.uri().substring(0, mark);
        String query = mark < 0 ? "" : exchange.uri().substring(mark + 1);
        JsonNode document = RequestForm.document(exchange.requestBody());
        Secrets secrets = Secrets.of(exchange.requestHeaders(), query, document);
        RequestForm request = new RequestForm(
                exchange.method(),
                secrets.masked(path),
                secrets.query(query),
                secrets.body(document),
                document.isMissingNode() ? RequestForm.sha256(exchange.requestBody()) : "");
        return new Recorded(
                exchange.time(),
                request,
                secrets.headers(exchange.requestHeaders()),
                exchange.status(),
                secrets.headers(exchange.headers()),
                outcome(exchange.ending()),
                millis(exchange.headNanos()),
                millis(exchange.durationNanos()),
                chunks(exchange.chunks(), secrets));
    }

    private static Outcome outcome(Ending ending) {
        return switch (ending) {
            case COMPLETED -> Outcome.COMPLETED;
            case CUT -> Outcome.CUT;
            case CANCELLED -> Outcome.CANCELLED;
        };
    }

    /** Masks the answer as a whole, since a secret may lie across two chunks. */
    private static List<Chunk> chunks(List<ProxiedExchange.Chunk> came, Secrets secrets) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        came.forEach(chunk -> all.writeBytes(chunk.bytes()));
        byte[] bytes = all.toByteArray();
        secrets.mask(bytes);
        List<Chunk> chunks = new ArrayList<>();
        int at = 0;
        for (ProxiedExchange.Chunk chunk : came) {
            byte[] part = new byte[chunk.bytes().length];
            System.arraycopy(bytes, at, part, 0, part.length);
            at += part.length;
            chunks.add(new Chunk(millis(chunk.nanos()), part));
        }
        return chunks;
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }

    /** The body of the answer. */
    byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        chunks.forEach(chunk -> body.writeBytes(chunk.bytes()));
        return body.toByteArray();
    }

    ObjectNode write() {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put(VERSION_KEY, VERSION)
                .put("time", time.toString())
                .put("method", request.method())
                .put("path", request.path());
        if (!request.query().isEmpty()) {
            line.put("query", request.query());
        }
        sent.forEach(line.putObject("requestHeaders")::put);
        if (!request.body().isMissingNode()) {
            line.set("request", request.body());
        } else if (!request.sha256().isEmpty()) {
            line.put("requestSha256", request.sha256());
        }
        line.put("status", status);
        headers.forEach(line.putObject("headers")::put);
        line.put("outcome", outcome.text()).put("headMs", headMs).put("durationMs", durationMs);
        ArrayNode parts = line.putArray("chunks");
        for (Chunk chunk : chunks) {
            ObjectNode part = parts.addObject().put("ms", chunk.ms());
            String text = text(chunk.bytes());
            if (text == null) {
                part.put("base64", chunk.bytes());
            } else {
                part.put("text", text);
            }
        }
        return line;
    }

    /** The text of the bytes; null if they are none in UTF-8, or end within a character. */
    static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** @throws IllegalArgumentException if it is no such line: the end of a sentence that begins with its number */
    static Recorded read(JsonNode line) {
        JsonNode version = line.path(VERSION_KEY);
        if (!version.isInt() || version.intValue() != VERSION) {
            throw new IllegalArgumentException(
                    version.isMissingNode()
                            ? "is no line of a cassette, which begins with {\"cassette\":" + VERSION
                            : "is of version " + version + ", and this program reads version " + VERSION
                                    + ": record it again, or use the program that wrote it");
        }
        List<Chunk> chunks = new ArrayList<>();
        double last = number(line, "headMs");
        for (JsonNode part : line.path("chunks")) {
            Chunk chunk = chunk(part);
            if (chunk.ms() < last) {
                throw new IllegalArgumentException("has chunks whose times do not ascend");
            }
            last = chunk.ms();
            chunks.add(chunk);
        }
        if (number(line, "durationMs") < last) {
            throw new IllegalArgumentException("has a durationMs before its last chunk");
        }
        return new Recorded(
                time(line),
                new RequestForm(
                        text(line, "method"),
                        text(line, "path"),
                        line.path("query").asText(),
                        line.has("request") ? line.get("request") : MissingNode.getInstance(),
                        line.path("requestSha256").asText()),
                headers(line.path("requestHeaders")),
                status(line),
                headers(line.path("headers")),
                Outcome.of(line.path("outcome").asText()),
                number(line, "headMs"),
                number(line, "durationMs"),
                List.copyOf(chunks));
    }

    private static Chunk chunk(JsonNode part) {
        if (part.path("text").isTextual()) {
            return new Chunk(number(part, "ms"), part.get("text").textValue().getBytes(StandardCharsets.UTF_8));
        }
        try {
            if (part.path("base64").isTextual()) {
                return new Chunk(number(part, "ms"), part.get("base64").binaryValue());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("has a chunk whose base64 is none", e);
        }
        throw new IllegalArgumentException("has a chunk without text and base64");
    }

    private static int status(JsonNode line) {
        int status = line.path("status").asInt(-1);
        if (status != 0 && (status < 200 || status > 999)) {
            throw new IllegalArgumentException("has no status from 200 to 999, or 0");
        }
        return status;
    }

    private static Map<String, String> headers(JsonNode members) {
        Map<String, String> headers = new TreeMap<>();
        members.fields()
                .forEachRemaining(
                        each -> headers.put(each.getKey(), each.getValue().asText()));
        return headers;
    }

    private static Instant time(JsonNode line) {
        try {
            return Instant.parse(line.path("time").asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("has no time such as 2026-01-01T00:00:00Z", e);
        }
    }

    private static String text(JsonNode line, String key) {
        if (!line.path(key).isTextual()) {
            throw new IllegalArgumentException("has no " + key);
        }
        return line.get(key).textValue();
    }

    private static double number(JsonNode line, String key) {
        JsonNode value = line.path(key);
        if (!value.isNumber() || !(value.doubleValue() >= 0)) {
            throw new IllegalArgumentException("has no " + key + " of at least 0");
        }
        return value.doubleValue();
    }
}
