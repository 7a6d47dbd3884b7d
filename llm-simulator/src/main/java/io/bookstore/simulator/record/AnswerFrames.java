package io.bookstore.simulator.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON documents in the body of an answer, each with the time at which it was complete: server-sent events, messages of
 * AWS's event stream, lines, the elements of a growing array, or one document. What comes after a cut is left out.
 *
 * @param streamed false if the answer is one document
 */
record AnswerFrames(List<Frame> frames, boolean streamed) {

    private static final ObjectMapper json = new ObjectMapper(Cassette.factory());
    private static final int PRELUDE_BYTES = 12;
    private static final int CRC_BYTES = 4;

    /** A document, and when its last byte had come. */
    record Frame(double ms, JsonNode document) {}

    static AnswerFrames of(Recorded line) {
        String type = line.headers().getOrDefault("content-type", "");
        Times times = new Times(line.chunks());
        byte[] body = line.body();
        if (type.startsWith("text/event-stream")) {
            return new AnswerFrames(events(body, times), true);
        }
        if (type.startsWith("application/vnd.amazon.eventstream")) {
            return new AnswerFrames(messages(body, times), true);
        }
        boolean array = body.length > 0 && body[0] == '[';
        return new AnswerFrames(documents(body, times), array || type.contains("ndjson"));
    }

    /** The times at which bytes came. */
    private static final class Times {

        private final List<Recorded.Chunk> chunks;
        private int chunk;
        private long end;

        private Times(List<Recorded.Chunk> chunks) {
            this.chunks = chunks;
            this.end = chunks.isEmpty() ? 0 : chunks.get(0).bytes().length;
        }

        /** The time at which so many bytes had come; asked in ascending order. */
        private double at(long bytes) {
            while (end < bytes && chunk < chunks.size() - 1) {
                chunk++;
                end += chunks.get(chunk).bytes().length;
            }
            return chunks.isEmpty() ? 0 : chunks.get(chunk).ms();
        }
    }

    private static List<Frame> events(byte[] body, Times times) {
        List<Frame> frames = new ArrayList<>();
        int begin = 0;
        for (int at = 0; at < body.length; at++) {
            if (body[at] == '\n') {
                String line = new String(body, begin, at - begin, StandardCharsets.UTF_8).strip();
                begin = at + 1;
                if (line.startsWith("data:")) {
                    add(
                            frames,
                            times.at(at + 1),
                            line.substring("data:".length()).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return frames;
    }

    private static List<Frame> messages(byte[] body, Times times) {
        List<Frame> frames = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        int at = 0;
        while (body.length - at > PRELUDE_BYTES + CRC_BYTES) {
            int total = bytes.getInt(at);
            int headers = bytes.getInt(at + Integer.BYTES);
            int payload = total - PRELUDE_BYTES - CRC_BYTES - headers;
            if (headers < 0 || payload < 0 || total > body.length - at) {
                return frames;
            }
            byte[] document = new byte[payload];
            System.arraycopy(body, at + PRELUDE_BYTES + headers, document, 0, payload);
            at += total;
            add(frames, times.at(at), document);
        }
        return frames;
    }

    /** Adds a document; Bedrock wraps those of other providers. Other data, such as {@code [DONE]}, is none. */
    private static void add(List<Frame> frames, double ms, byte[] text) {
        try {
            JsonNode document = json.readTree(text);
            if (document.path("bytes").isTextual()) {
                document = json.readTree(document.get("bytes").binaryValue());
            }
            if (document.isObject()) {
                frames.add(new Frame(ms, document));
            }
        } catch (IOException e) {
            // Broken data ends no stream: the client reads on as well.
        }
    }

    private static List<Frame> documents(byte[] body, Times times) {
        List<Frame> frames = new ArrayList<>();
        try (JsonParser parser = json.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    JsonNode document = json.readTree(parser);
                    frames.add(new Frame(times.at(parser.currentLocation().getByteOffset()), document));
                }
            }
        } catch (IOException e) {
            // The body was cut, or is none of JSON: what came before counts.
        }
        return frames;
    }
}
