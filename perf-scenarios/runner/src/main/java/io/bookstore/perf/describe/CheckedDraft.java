package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bookstore.perf.probe.FieldReading;
import io.bookstore.perf.probe.ProbedOperation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A draft after its first request.
 *
 * @param descriptor the draft, with the stream and the paths that the answer really has
 * @param corrected  the paths that were not proposed, or read nothing, by field
 * @param stream     the sentence on a stream that is another than the draft's; empty if there is none
 */
public record CheckedDraft(DescriptorDraft descriptor, Map<String, String> corrected, Optional<String> stream) {

    /** Looks at the bytes of the answer if it was not read as the draft says, and by their names for its fields. */
    public static CheckedDraft of(DescriptorDraft draft, ProbedOperation answered) {
        boolean read = answered.wasAnswered()
                && answered.readings().stream().anyMatch(field -> field.name().equals("text") && field.wasRead());
        return (read ? Optional.<StreamReading>empty() : StreamReading.of(answered))
                .map(seen -> withStream(draft, seen))
                .orElseGet(() -> withPaths(draft, answered));
    }

    private static CheckedDraft withStream(DescriptorDraft draft, StreamReading seen) {
        DescriptorDraft.Stream stream = seen.stream();
        Map<String, String> found = new LinkedHashMap<>();
        found.put("text", stream.text() == null ? "data" : stream.text());
        found.putAll(seen.figures());
        found.putAll(stream.answer());
        String sentence = stream.format()
                + (stream.only().isEmpty() ? "" : ", only " + shown(stream.only()))
                + ", end " + (stream.end() instanceof TextNode text ? text.textValue() : stream.end())
                + ": read from the bytes of the answer";
        return new CheckedDraft(draft.with(stream, seen.figures()), found, Optional.of(sentence));
    }

    private static String shown(Map<String, String> only) {
        return only.toString().replaceAll("[{}]", "");
    }

    private static CheckedDraft withPaths(DescriptorDraft draft, ProbedOperation answered) {
        Map<String, String> paths = new LinkedHashMap<>(draft.paths());
        Map<String, String> corrected = found(answered, draft.paths());
        answered.readings().stream()
                .filter(FieldReading::wasRead)
                .forEach(read -> corrected.remove(read.name(), read.path()));
        paths.putAll(corrected);
        return new CheckedDraft(draft.with(paths), corrected, Optional.empty());
    }

    /** The first place of a text, and the last one of a figure: an early event may have one that is not final. */
    private static Map<String, String> found(ProbedOperation answered, Map<String, String> proposed) {
        Map<String, String> found = new LinkedHashMap<>();
        if (!answered.isSound()) {
            return found;
        }
        for (JsonNode document : answered.documents()) {
            Map<String, String> paths = answered.stream() == null
                    ? AnswerFields.in(Leaf.of(document))
                    : AnswerFields.inEvent(Leaf.of(document));
            proposed.forEach((field, path) -> {
                if (isTold(document, path)) {
                    paths.put(field, path);
                }
            });
            String text = found.get("text");
            found.putAll(paths);
            if (text != null) {
                found.put("text", text);
            }
        }
        answered.readings().stream()
                .filter(read -> read.name().equals("text") && read.wasRead())
                .forEach(read -> found.remove("text"));
        return found;
    }

    private static boolean isTold(JsonNode document, String path) {
        JsonNode value =
                document.at("/" + path.replace("~", "~0").replace("/", "~1").replace('.', '/'));
        return !value.isMissingNode() && !value.isNull();
    }
}
