package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.probe.FieldReading;
import io.bookstore.perf.probe.ProbedOperation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A draft after its first request.
 *
 * @param descriptor the draft, with the paths that the answer really has
 * @param corrected  the paths that were not proposed, or read nothing, by field
 */
public record CheckedDraft(DescriptorDraft descriptor, Map<String, String> corrected) {

    /** Looks by their names for the fields of the answer that the draft has not, or not in the right place. */
    public static CheckedDraft of(DescriptorDraft draft, ProbedOperation answered) {
        Map<String, String> paths = new LinkedHashMap<>(draft.paths());
        Map<String, String> corrected = found(answered);
        answered.readings().stream().filter(FieldReading::wasRead).forEach(read -> corrected.remove(read.name()));
        paths.putAll(corrected);
        return new CheckedDraft(draft.with(paths, end(draft, answered)), corrected);
    }

    private static Map<String, String> found(ProbedOperation answered) {
        Map<String, String> found = new LinkedHashMap<>();
        if (!answered.hasExpectedStatus()) {
            return found;
        }
        for (JsonNode document : answered.documents()) {
            Map<String, String> paths = answered.stream() == null
                    ? AnswerFields.in(Leaf.of(document))
                    : AnswerFields.inEvent(Leaf.of(document));
            paths.forEach(found::putIfAbsent);
        }
        return found;
    }

    /** The event that was the last of a stream, if none was the one that the draft names; null if it has no name. */
    private static @Nullable String end(DescriptorDraft draft, ProbedOperation answered) {
        ProbedOperation.Event last = answered.last();
        DescriptorDraft.Stream stream = draft.summary().stream();
        if (last == null
                || stream == null
                || answered.wasAnswered()
                || !stream.format().equals("sse")) {
            return null;
        }
        boolean json = last.data().startsWith("{");
        return last.event().isEmpty() ? json ? null : last.data() : last.event();
    }
}
