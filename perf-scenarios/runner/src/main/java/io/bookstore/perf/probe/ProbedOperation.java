package io.bookstore.perf.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.verify.ServiceFacts.Response;
import io.bookstore.perf.verify.ServiceFacts.Stream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An operation that was asked once.
 *
 * @param skipped   the reason why it was not asked; null if it was
 * @param problem   the reason why its request could not be made; null if it was made
 * @param expected  statuses of a good answer
 * @param response  null if no request was made
 * @param defect    the reason why an answer with a good status is none, such as a connection that broke off; null without one
 * @param stream    the pieces of text; null for an answer that comes at once
 * @param last      the last event of a stream; null without one
 * @param raw       the stream as its bytes have it; null if no answer came
 * @param documents the JSON of the answer, or of the events of a stream
 * @param fields    the readings of what the descriptor names
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProbedOperation(
        String name,
        @Nullable String method,
        @Nullable String skipped,
        @Nullable String problem,
        List<Integer> expected,
        @Nullable Response response,
        @Nullable String defect,
        @Nullable Stream stream,
        @Nullable Event last,
        @Nullable RawStream raw,
        List<JsonNode> documents,
        List<FieldReading> fields) {

    /**
     * An event of a stream.
     *
     * @param event its name; empty without one
     * @param data  the begin of its data
     */
    public record Event(String event, String data) {}

    /**
     * The first and the last events of a stream with the begin of each text, or its lines if it is none of events.
     *
     * @param size the number of all of them
     */
    public record RawStream(List<Event> events, List<String> lines, int size) {

        public RawStream {
            events = List.copyOf(events);
            lines = List.copyOf(lines);
        }
    }

    /** The lists that the probe leaves out are empty. */
    public ProbedOperation {
        expected = expected == null ? List.of() : List.copyOf(expected);
        documents = documents == null ? List.of() : List.copyOf(documents);
        fields = fields == null ? List.of() : List.copyOf(fields);
    }

    /** Returns whether an answer came, with the status of a good one. */
    public boolean hasExpectedStatus() {
        return response != null && expected.contains(response.status());
    }

    /** Returns whether an answer came with the status of a good one, and nothing is wrong with it. */
    public boolean isSound() {
        return hasExpectedStatus() && defect == null;
    }

    /** Returns whether a good answer came, to the end of its stream. */
    public boolean wasAnswered() {
        return isSound() && (stream == null || stream.whole());
    }

    /** The readings of an answer that is what it should be; none of a refusal or a part of an answer. */
    public List<FieldReading> readings() {
        return isSound() ? fields : List.of();
    }

    /** The way in which it was answered, with its time. */
    public String sentence() {
        if (skipped != null) {
            return "not asked: " + skipped;
        }
        if (response == null) {
            return String.valueOf(problem);
        }
        if (response.status() == 0) {
            return method + " is not answered" + (response.excerpt().isEmpty() ? "" : ": " + response.excerpt());
        }
        String answer = method + " answers " + response.status() + " in " + ms(response.durationMs());
        if (!expected.contains(response.status())) {
            String statuses = expected.stream().map(String::valueOf).collect(Collectors.joining(" or "));
            return answer + ", expected " + statuses + ": "
                    + (response.isHtml() || response.excerpt().isEmpty() ? content(response) : response.excerpt());
        }
        if (defect != null) {
            return answer + ", but " + defect;
        }
        return answer + ", " + (stream == null ? content(response) : pieces(stream));
    }

    /** The same of an answer whose stream is of another form than the descriptor says. */
    public String sentenceOfStream() {
        return response == null || raw == null
                ? sentence()
                : "%s answers %d in %s, a stream of %,d %s"
                        .formatted(
                                method,
                                response.status(),
                                ms(response.durationMs()),
                                raw.size(),
                                raw.lines().isEmpty() ? "events" : "lines");
    }

    private static String content(Response response) {
        if (response.isHtml()) {
            return "HTML in place of JSON";
        }
        if (response.json()) {
            return response.shownContentType();
        }
        if (response.excerpt().isEmpty()) {
            return "without a body";
        }
        return response.fault() == null ? response.excerpt() : response.notJson();
    }

    private String pieces(Stream stream) {
        String pieces = stream.pieces() + " pieces of text"
                + (stream.firstMs() == null ? "" : ", the first after " + ms(stream.firstMs()));
        if (stream.whole()) {
            return pieces + ", and its end";
        }
        return pieces + ", and no end: "
                + (last == null
                        ? "no event came"
                        : "the last event is " + (last.event().isEmpty() ? "" : "\"" + last.event() + "\" with ")
                                + last.data());
    }

    private static String ms(double milliseconds) {
        return String.format(Locale.ROOT, "%,.0f ms", milliseconds);
    }
}
