package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bookstore.perf.probe.ProbedOperation;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The stream of an answer, read from its bytes; docs/init.md says how.
 *
 * @param stream  its format, the place of its text, and its end
 * @param figures the paths of figures in its events
 */
record StreamReading(DescriptorDraft.Stream stream, Map<String, String> figures) {

    /** The descriptor's word for a stream that no event ends. */
    private static final JsonNode CONNECTION = new TextNode("connection");

    private static final String ROOT = "$";

    private static final Pattern thought = Pattern.compile("(?i)reason|think|thought|tool|source|step");

    /** Reads the answer; empty if it is no stream or no whole one, was refused, or has no text. */
    static Optional<StreamReading> of(ProbedOperation answered) {
        ProbedOperation.RawStream raw = answered.raw();
        if (!answered.isSound() || raw == null) {
            return Optional.empty();
        }
        boolean lines = !raw.lines().isEmpty();
        List<StreamedEvent> events = lines
                ? raw.lines().stream().map(line -> StreamedEvent.of("", line)).toList()
                : raw.events().stream()
                        .map(event -> StreamedEvent.of(event.event(), event.data()))
                        .toList();
        boolean noStream = lines && !isOfJson(answered, events);
        if (events.isEmpty() || noStream) {
            return Optional.empty();
        }
        if (lines) {
            return inJson(DescriptorDraft.Stream.LINES, events);
        }
        boolean frames = ApiOperation.streamFormat(
                        Objects.requireNonNull(answered.response()).contentType())
                .filter(DescriptorDraft.Stream.FRAMES::equals)
                .isPresent();
        return frames ? inJson(DescriptorDraft.Stream.FRAMES, events) : ofEvents(events);
    }

    /** Returns whether the lines are JSON: one of them is a whole answer, unless its content type says otherwise. */
    private static boolean isOfJson(ProbedOperation answered, List<StreamedEvent> lines) {
        String type = Objects.requireNonNull(answered.response()).contentType();
        return (lines.size() > 1 || type.matches(".*(ndjson|jsonl).*"))
                && lines.stream().allMatch(line -> line.json() != null || line.isEndWord());
    }

    private static Optional<StreamReading> ofEvents(List<StreamedEvent> events) {
        List<StreamedEvent> bare = events.stream()
                .filter(event -> event.json() == null && !event.data().isBlank() && !event.isEndWord())
                .toList();
        long withText =
                events.stream().filter(event -> event.piece().isPresent()).count();
        return bare.size() > withText
                ? Optional.of(ofBareText(events, bare))
                : inJson(DescriptorDraft.Stream.EVENTS, events);
    }

    /** The data of an event is its text, so the name alone tells which event has text, and figures have places of their own. */
    private static StreamReading ofBareText(List<StreamedEvent> events, List<StreamedEvent> bare) {
        List<String> names = bare.stream().map(StreamedEvent::name).toList();
        String name = ofAnswer(names).orElse(names.get(0));
        StreamedEvent last = events.get(events.size() - 1);
        boolean ended = !last.name().equals(name) || last.json() != null;
        boolean others = (ended ? events.subList(0, events.size() - 1) : events)
                .stream().anyMatch(event -> !event.name().equals(name));
        Map<String, String> only = others ? Map.of("event", name.isEmpty() ? "message" : name) : Map.of();
        JsonNode end = ended && !last.name().isEmpty() && !last.name().equals(name)
                ? JsonNodeFactory.instance.objectNode().put("event", last.name())
                : end(events, false);
        return new StreamReading(
                new DescriptorDraft.Stream(DescriptorDraft.Stream.BARE_TEXT, null, only, end, figures(events)),
                Map.of());
    }

    private static Optional<StreamReading> inJson(String format, List<StreamedEvent> events) {
        List<String> pieces =
                events.stream().flatMap(event -> event.piece().stream()).toList();
        long texts = events.stream().filter(StreamedEvent::isText).count();
        String text = texts >= pieces.size() ? ROOT : mostFrequent(pieces);
        List<StreamedEvent> written =
                events.stream().filter(event -> event.hasTextAt(text)).toList();
        if (written.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StreamReading(
                new DescriptorDraft.Stream(
                        format,
                        text,
                        only(written),
                        end(events, format.equals(DescriptorDraft.Stream.LINES)),
                        Map.of()),
                figures(events)));
    }

    /** The name or kind of the events with the text of the answer, where others have a text at the same path. */
    private static Map<String, String> only(List<StreamedEvent> written) {
        List<String> names = written.stream().map(StreamedEvent::name).toList();
        if (ofAnswer(names).isPresent()) {
            String name = ofAnswer(names).get();
            return Map.of("event", name.isEmpty() ? "message" : name);
        }
        for (String path : written.get(0).kinds().keySet()) {
            Optional<String> kind = ofAnswer(written.stream()
                    .map(event -> event.kinds().getOrDefault(path, ""))
                    .toList());
            if (kind.isPresent()) {
                return Map.of(path, kind.get());
            }
        }
        return Map.of();
    }

    /** The name or kind that most texts have, less those of thoughts, of which a model may have more; empty if all are alike. */
    private static Optional<String> ofAnswer(List<String> kinds) {
        List<String> answers =
                kinds.stream().filter(kind -> !thought.matcher(kind).find()).toList();
        return kinds.stream().distinct().count() > 1
                ? Optional.of(mostFrequent(answers.isEmpty() ? kinds : answers))
                : Optional.empty();
    }

    /** The name, data or field by which the last event differs from all others; the connection's end if there is none. */
    private static JsonNode end(List<StreamedEvent> events, boolean ofLines) {
        StreamedEvent last = events.get(events.size() - 1);
        List<StreamedEvent> others = events.subList(0, events.size() - 1);
        if (last.isEndWord()) {
            return new TextNode(last.text());
        }
        if (!last.name().isEmpty()
                && others.stream().noneMatch(event -> event.name().equals(last.name()))) {
            return new TextNode(last.name());
        }
        Optional<Map.Entry<String, JsonNode>> field =
                others.isEmpty() ? Optional.empty() : last.fieldThatDiffersFrom(others);
        if (field.isEmpty()) {
            return CONNECTION;
        }
        String path = field.get().getKey();
        JsonNode value = field.get().getValue();
        return ofLines && value.isBoolean()
                ? new TextNode(path)
                : JsonNodeFactory.instance.objectNode().set(path, value);
    }

    /** An early event may have a figure that is not final, so the last one counts. */
    private static Map<String, String> figures(List<StreamedEvent> events) {
        Map<String, String> figures = new LinkedHashMap<>();
        events.stream().map(StreamedEvent::figures).forEach(figures::putAll);
        return figures;
    }

    private static String mostFrequent(List<String> texts) {
        return Collections.max(
                new LinkedHashSet<>(texts), Comparator.comparingInt(text -> Collections.frequency(texts, text)));
    }
}
