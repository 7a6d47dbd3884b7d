package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** The parts of a stream; {@code answer} has paths in its events, and is empty if those of the descriptor are. */
    public record Stream(String format, String text, String end, Map<String, String> answer) {}

    /** The paths that were proposed for what the summary answers, the text of a stream included. */
    public Map<String, String> paths() {
        Stream stream = summary.stream();
        if (stream == null) {
            return answer;
        }
        Map<String, String> paths = new LinkedHashMap<>(Map.of("text", stream.text()));
        paths.putAll(answer);
        return paths;
    }

    /**
     * The draft with paths as an answer has them.
     *
     * @param end the event that ended a stream; null if it is the one that was proposed
     */
    DescriptorDraft with(Map<String, String> paths, @Nullable String end) {
        Stream stream = summary.stream();
        if (stream == null) {
            return with(summary, paths);
        }
        Map<String, String> figures = new LinkedHashMap<>(paths);
        String text = figures.remove("text");
        return with(
                summary.with(new Stream(
                        stream.format(),
                        text == null ? stream.text() : text,
                        end == null ? stream.end() : end,
                        stream.answer())),
                figures);
    }

    private DescriptorDraft with(Operation corrected, Map<String, String> paths) {
        Map<String, String> remaining = new LinkedHashMap<>(comments);
        if (paths.containsKey("text") && !answer.containsKey("text")) {
            // It said that no text was found.
            remaining.remove("answer");
        }
        return new DescriptorDraft(
                origin, name, baseUrl, headers, health, items, corrected, streamed, paths, remaining);
    }
}
