package io.bookstore.perf.results.sample;

import io.bookstore.perf.results.ErrorKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts exceptions that ended an iteration, which no sample has. Thread-safe; capped, for a message may have an id in it. */
public final class ExceptionRecorder {

    private final Map<String, Long> messages = new HashMap<>();

    public synchronized void add(String message) {
        boolean room = messages.size() < RequestRecorder.MAX_KINDS || messages.containsKey(message);
        messages.merge(room ? message : RequestRecorder.THE_REST, 1L, Long::sum);
    }

    /** Returns a kind for each message. */
    public synchronized List<ErrorKind> errors() {
        return ErrorKind.sorted(
                messages.entrySet().stream().map(thrown -> ErrorKind.ofException(thrown.getKey(), thrown.getValue())));
    }
}
