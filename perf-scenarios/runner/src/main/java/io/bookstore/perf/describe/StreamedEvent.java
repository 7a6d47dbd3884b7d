package io.bookstore.perf.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stream, or a line of one.
 *
 * @param name empty without one
 * @param json the object, list or text that the data is; null for bare text
 */
record StreamedEvent(String name, String data, @Nullable JsonNode json) {

    /** The first characters that the scripts take for those of JSON: a number is bare text. */
    private static final Pattern jsonBegins = Pattern.compile("\\s*[{\\[\"].*", Pattern.DOTALL);

    private static final Pattern endWord =
            Pattern.compile("(?i)[\\[<]?[/|_]*(done|end|stop|eos|eof|completed?|finished)[/|_]*[]>]?");
    private static final Set<String> KINDS = Set.of("type", "event", "kind", "status", "state", "object");

    private static final ObjectReader reader = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    static StreamedEvent of(String name, String data) {
        return new StreamedEvent(name, data, parsed(data));
    }

    private static @Nullable JsonNode parsed(String data) {
        if (!jsonBegins.matcher(data).matches()) {
            return null;
        }
        try {
            return reader.readValue(data);
        } catch (JsonProcessingException bareText) {
            return null;
        }
    }

    boolean isText() {
        return json != null && json.isTextual() && !isEndWord();
    }

    /** The text of its JSON, or the data as it is. */
    String text() {
        return json != null && json.isTextual() ? json.textValue() : data;
    }

    /** Returns whether it says nothing but that the stream is over, such as {@code [DONE]}. */
    boolean isEndWord() {
        return endWord.matcher(text()).matches();
    }

    /** The path of a piece of text. */
    Optional<String> piece() {
        return AnswerFields.piece(leaves());
    }

    /** Returns whether a text is at that path, which is {@code $} for the JSON itself. */
    boolean hasTextAt(String path) {
        if (path.equals("$")) {
            return isText();
        }
        return !at(List.of(path.split("\\."))).asText("").isEmpty();
    }

    /** The texts that say which kind of event it is, by their paths. */
    Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        leaves().stream()
                .filter(leaf -> leaf.isText() && KINDS.contains(leaf.name()))
                .forEach(leaf -> kinds.put(leaf.dotted(), at(leaf.path()).asText()));
        return kinds;
    }

    Map<String, String> figures() {
        return AnswerFields.figures(leaves());
    }

    /** A field that is true, or of a kind, in none of the others. */
    Optional<Map.Entry<String, JsonNode>> fieldThatDiffersFrom(List<StreamedEvent> others) {
        return leaves().stream()
                .filter(leaf -> at(leaf.path()).booleanValue() || KINDS.contains(leaf.name()) && leaf.isText())
                .filter(leaf ->
                        others.stream().noneMatch(other -> other.at(leaf.path()).equals(at(leaf.path()))))
                .map(leaf -> Map.entry(leaf.dotted(), at(leaf.path())))
                .findFirst();
    }

    private JsonNode at(List<String> path) {
        JsonNode node = json == null ? MissingNode.getInstance() : json;
        for (String key : path) {
            node = node.isArray() ? node.path(Integer.parseInt(key)) : node.path(key);
        }
        return node;
    }

    private List<Leaf> leaves() {
        return json == null ? List.of() : Leaf.of(json);
    }
}
