package io.bookstore.simulator.verdict;

import io.bookstore.simulator.journal.Attempt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The verdicts on the clients of one provider.
 *
 * <p>Attempts with the same request key are one call. A client that sends no key of its own is known by the body of its
 * requests, so two calls with the same body count as one that was tried again.
 *
 * @param provider      the wire format
 * @param calls         different request keys
 * @param attempts      requests
 * @param amplification attempts a call
 */
public record ClientVerdicts(String provider, int calls, int attempts, double amplification, List<Verdict> verdicts) {

    public ClientVerdicts {
        verdicts = List.copyOf(verdicts);
    }

    public boolean good() {
        return verdicts.stream().allMatch(Verdict::good);
    }

    /**
     * Judges every provider that was asked.
     *
     * @param reports how calls ended, by what their clients said: the request key, and whether the client took the answer
     *     for a whole one; a client that said nothing is not in it
     */
    public static List<ClientVerdicts> of(List<Attempt> journal, Map<String, Boolean> reports) {
        Map<String, List<Attempt>> byProvider = journal.stream()
                .collect(Collectors.groupingBy(
                        attempt -> attempt.asked().provider(), TreeMap::new, Collectors.toList()));
        return byProvider.entrySet().stream()
                .map(entry -> judged(entry.getKey(), calls(entry.getValue(), reports)))
                .toList();
    }

    private static List<Call> calls(List<Attempt> attempts, Map<String, Boolean> reports) {
        Map<String, List<Attempt>> byKey = attempts.stream()
                .sorted(Comparator.comparingInt(attempt -> attempt.key().attempt()))
                .collect(Collectors.groupingBy(
                        attempt -> attempt.key().requestKey(), TreeMap::new, Collectors.toList()));
        return byKey.entrySet().stream()
                .map(entry -> new Call(entry.getKey(), entry.getValue(), reports.get(entry.getKey())))
                .toList();
    }

    private static ClientVerdicts judged(String provider, List<Call> calls) {
        int attempts = calls.stream().mapToInt(call -> call.attempts().size()).sum();
        List<Verdict> verdicts = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            verdicts.add(rule.judge(calls));
        }
        return new ClientVerdicts(provider, calls.size(), attempts, (double) attempts / calls.size(), verdicts);
    }
}
