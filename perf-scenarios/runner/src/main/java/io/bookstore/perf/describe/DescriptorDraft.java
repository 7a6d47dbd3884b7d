package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target descriptor before it is written; docs/targets.md has the meaning of each field.
 *
 * @param origin    the source of it, for the first line
 * @param health    the path that answers 200 when the service is ready; null if it is not known
 * @param items     values of the braces in path and body
 * @param streamed  the summary as a stream; null if there is none, or {@code summary} is one itself
 * @param answer    paths in the answer of {@code summary}
 * @param comments  what a reader has to look at, by the part of the descriptor that it stands above
 */
public record DescriptorDraft(
        String origin,
        String name,
        String baseUrl,
        Map<String, String> headers,
        @Nullable String health,
        List<Map<String, JsonNode>> items,
        Operation summary,
        @Nullable Operation streamed,
        Map<String, String> answer,
        Map<String, String> comments) {

    static final String WITHOUT_HEALTH = "Without the key health, GET / has to answer 200.";

    /**
     * An operation of the descriptor.
     *
     * @param body    sent as JSON; null for none
     * @param rawBody sent as it is; null for none
     * @param expect  the status of a good answer
     * @param stream  null for an answer that comes at once
     */
    public record Operation(
            String method,
            String path,
            Map<String, String> headers,
            @Nullable JsonNode body,
            @Nullable String rawBody,
            int expect,
            @Nullable Stream stream) {

        Operation with(Stream corrected) {
            return new Operation(method, path, headers, body, rawBody, expect, corrected);
        }
    }

    /**
     * The parts of a stream.
     *
     * @param text   path of a piece of text; null for bare text
     * @param only   fields of the events that have text; empty for any event
     * @param end    a text, or the fields of the event that ends it
     * @param answer paths in its events; empty if those of the descriptor are
     */
    public record Stream(
            String format, @Nullable String text, Map<String, String> only, JsonNode end, Map<String, String> answer) {

        static final String EVENTS = "sse";
        static final String BARE_TEXT = "sse-text";
        static final String LINES = "ndjson";
        static final String FRAMES = "aws-eventstream";

        public Stream(String format, String text, String end, Map<String, String> answer) {
            this(format, text, Map.of(), new TextNode(end), answer);
        }
    }

    /** The paths that were proposed for what the summary answers, the text of a stream included. */
    public Map<String, String> paths() {
        Stream stream = summary.stream();
        if (stream == null) {
            return answer;
        }
        Map<String, String> paths = new LinkedHashMap<>();
        if (stream.text() != null) {
            paths.put("text", stream.text());
        }
        paths.putAll(answer);
        paths.putAll(stream.answer());
        return paths;
    }

    /** The draft with the path that answers 200 when the service is ready; null if none is known. */
    public DescriptorDraft withHealth(@Nullable String path) {
        Map<String, String> remaining = new LinkedHashMap<>(comments);
        if (path == null) {
            remaining.putIfAbsent("health", WITHOUT_HEALTH);
        } else {
            remaining.remove("health");
        }
        return new DescriptorDraft(origin, name, baseUrl, headers, path, items, summary, streamed, answer, remaining);
    }

    /** The draft with paths as an answer has them. */
    DescriptorDraft with(Map<String, String> paths) {
        Stream stream = summary.stream();
        if (stream == null) {
            return with(summary, paths, comments);
        }
        Map<String, String> figures = new LinkedHashMap<>(paths);
        String text = figures.remove("text");
        Stream corrected = new Stream(
                stream.format(), text == null ? stream.text() : text, stream.only(), stream.end(), stream.answer());
        return with(summary.with(corrected), figures, comments);
    }

    /** The draft with the stream that an answer was, and the paths of its figures. */
    DescriptorDraft with(Stream stream, Map<String, String> figures) {
        Map<String, String> remaining = new LinkedHashMap<>(comments);
        remaining.remove("answer");
        remaining.put("stream", "The stream is read from one answer: another may end otherwise, so look at end.");
        return with(summary.with(stream), figures, remaining);
    }

    private DescriptorDraft with(Operation corrected, Map<String, String> paths, Map<String, String> words) {
        Map<String, String> remaining = new LinkedHashMap<>(words);
        if (paths.containsKey("text") && !answer.containsKey("text")) {
            // It said that no text was found.
            remaining.remove("answer");
        }
        return new DescriptorDraft(
                origin, name, baseUrl, headers, health, items, corrected, streamed, paths, remaining);
    }
}
