package io.bookstore.simulator.verdict;

import io.bookstore.simulator.journal.Attempt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on the clients of one provider.
 *
 * <p>A call is a request and its retries: requests with the same key, up to the first that gets a whole answer. A client
 * that sends no key of its own is known by the body of its requests.
 *
 * @param provider      the wire format
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
                .flatMap(entry -> calls(entry.getKey(), entry.getValue(), reports.get(entry.getKey())).stream())
                .toList();
    }

    /** The calls of one key; a report is about the last of them. */
    private static List<Call> calls(String key, List<Attempt> attempts, @Nullable Boolean believed) {
        List<Call> calls = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= attempts.size(); to++) {
            if (to == attempts.size() || Call.whole(attempts.get(to - 1))) {
                calls.add(new Call(key, attempts.subList(from, to), to == attempts.size() ? believed : null));
                from = to;
            }
        }
        return calls;
    }

    private static ClientVerdicts judged(String provider, List<Call> calls) {
        int attempts = calls.stream().mapToInt(call -> call.attempts().size()).sum();
        List<Verdict> verdicts = new ArrayList<>();
        for (ClientRule rule : ClientRule.values()) {
            verdicts.add(rule.judge(calls));
        }
        return new ClientVerdicts(provider, calls.size(), attempts, (double) attempts / calls.size(), verdicts);
    }
}
