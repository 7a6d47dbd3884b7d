package io.bookstore.simulator.simulation;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.verdict.ClientVerdicts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The reports of clients on how their calls ended, by the key of the request. Thread-safe. */
final class ClientReports {

    private static final int MOST = 100_000;

    private final Map<String, Boolean> believed = new ConcurrentHashMap<>();

    /** Takes a report; the last one counts. */
    void add(String requestKey, boolean itBelieved) {
        if (believed.size() < MOST) {
            believed.put(requestKey, itBelieved);
        }
    }

    void clear() {
        believed.clear();
    }

    List<ClientVerdicts> verdicts(List<Attempt> attempts) {
        // A client does not send the requests of a batch, and so retries none of them.
        return ClientVerdicts.of(
                attempts.stream()
                        .filter(attempt -> attempt.asked().batch() == null)
                        .toList(),
                believed);
    }
}
