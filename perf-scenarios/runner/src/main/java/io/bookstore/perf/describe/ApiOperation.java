package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** An operation of an OpenAPI document. */
record ApiOperation(OpenApiDocument document, String verb, String path, JsonNode pathItem, JsonNode node) {

    /** The formats of a stream, as a descriptor names them, by the pattern of their media type. */
    private static final Map<Pattern, String> streamFormats = Map.of(
            Pattern.compile("text/event-stream(;.*)?"), DescriptorDraft.Stream.EVENTS,
            Pattern.compile(".*(ndjson|jsonl).*"), DescriptorDraft.Stream.LINES,
            Pattern.compile("application/vnd\\.amazon\\.eventstream(;.*)?"), DescriptorDraft.Stream.FRAMES);

    /** A content with the media type that it has. */
    record Content(String mediaType, JsonNode node) {

        boolean isMissing() {
            return node.isMissingNode();
        }

        JsonNode schema() {
            // Version 3.2 describes the events of a stream by themselves.
            return node.has("itemSchema") ? node.path("itemSchema") : node.path("schema");
        }
    }

    String method() {
        return verb.toUpperCase(Locale.ROOT);
    }

    String label() {
        return method() + " " + path;
    }

    /** The operation's id; empty without one. */
    String id() {
        return node.path("operationId").asText("");
    }

    /** Parameters of path and operation; the operation's win. */
    List<JsonNode> parameters() {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (JsonNode owner : List.of(pathItem, node)) {
            for (JsonNode each : owner.path("parameters")) {
                JsonNode parameter = document.resolve(each);
                parameters.put(
                        parameter.path("in").asText() + " "
                                + parameter.path("name").asText(),
                        parameter);
            }
        }
        return new ArrayList<>(parameters.values());
    }

    /** The body to send: as JSON if the service takes it. */
    Content requestBody() {
        JsonNode content = document.resolve(node.path("requestBody")).path("content");
        Content body = content(content, ApiOperation::isJson);
        return body.isMissing() ? content(content, any -> true) : body;
    }

    /** The answer as JSON; missing if there is none. */
    Content jsonAnswer() {
        return content(goodAnswer().path("content"), ApiOperation::isJson);
    }

    /** The answer as a stream of events, of lines or of frames; missing if there is none. */
    Content streamedAnswer() {
        return content(goodAnswer().path("content"), type -> streamFormat(type).isPresent());
    }

    /** The format of a stream with that media type, as a descriptor names it; empty if it is none. */
    static Optional<String> streamFormat(String mediaType) {
        return streamFormats.entrySet().stream()
                .filter(format -> format.getKey().matcher(mediaType).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns whether the answer is a stream, and cannot be had at once. */
    boolean onlyStreams() {
        return !streamedAnswer().isMissing() && jsonAnswer().isMissing();
    }

    /** The status of a good answer. */
    int goodStatus() {
        String status = goodStatusKey();
        return status.matches("\\d+") ? Integer.parseInt(status) : 200;
    }

    private JsonNode goodAnswer() {
        return document.resolve(node.path("responses").path(goodStatusKey()));
    }

    private String goodStatusKey() {
        List<String> good = new ArrayList<>();
        node.path("responses").fieldNames().forEachRemaining(status -> {
            if (status.startsWith("2")) {
                good.add(status);
            }
        });
        return good.contains("200") ? "200" : good.stream().sorted().findFirst().orElse("default");
    }

    private static Content content(JsonNode content, Predicate<String> wanted) {
        for (Map.Entry<String, JsonNode> each : content.properties()) {
            String type = each.getKey().split(";")[0].strip().toLowerCase(Locale.ROOT);
            if (wanted.test(type)) {
                return new Content(type, each.getValue());
            }
        }
        return new Content("", MissingNode.getInstance());
    }

    private static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || mediaType.endsWith("+json") || mediaType.equals("*/*");
    }
}
