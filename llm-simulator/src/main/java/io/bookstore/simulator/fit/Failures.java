package io.bookstore.simulator.fit;

import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.limit.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The failed calls: a rate of errors for each status, and a limit of requests where calls were refused for long. */
final class Failures {

    private static final int RATE_LIMITED = 429;
    private static final int FEWEST_REFUSALS = 10;
    private static final Duration SHORTEST_LIMITED = Duration.ofMinutes(1);
    private static final double Z95 = 1.96;
    // Errors of the provider that the simulator has as faults. The others are the caller's, or have none.
    private static final List<Integer> FAULTS = List.of(500, 503, 504, 529);

    private final List<FaultRule> rules = new ArrayList<>();
    private final List<Estimate> estimates = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private Limits limits = Limits.NONE;

    Failures(List<Call> calls) {
        takeStatuses(calls);
        takeLimit(calls);
    }

    FaultRule[] rules() {
        return rules.toArray(FaultRule[]::new);
    }

    Limits limits() {
        return limits;
    }

    List<Estimate> estimates() {
        return estimates;
    }

    List<String> unknown() {
        return unknown;
    }

    private void takeStatuses(List<Call> calls) {
        Map<Integer, Long> statuses =
                calls.stream().collect(Collectors.groupingBy(Call::status, TreeMap::new, Collectors.counting()));
        long asked = statuses.entrySet().stream()
                .filter(each -> each.getKey() == 200 || FAULTS.contains(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long left = asked;
        for (Map.Entry<Integer, Long> each : statuses.entrySet()) {
            int status = each.getKey();
            long count = each.getValue();
            if (FAULTS.contains(status)) {
                // The first rule that strikes wins, so the later ones meet only what the earlier ones left.
                rules.add(
                        new FaultRule(Fault.parse(String.valueOf(status)), (double) count / left, Duration.ZERO, null));
                left -= count;
                estimates.add(share("faults " + status, count, asked));
            } else if (status != 200 && status != RATE_LIMITED) {
                unknown.add(count + (count == 1 ? " call" : " calls") + " with "
                        + (status == 0 ? "no status" : "status " + status) + ": no fault stands for "
                        + (count == 1 ? "it" : "them") + ".");
            }
        }
        long cut = calls.stream()
                .filter(call -> call.wasServed() && !call.completed())
                .count();
        if (cut > 0) {
            unknown.add(cut + (cut == 1 ? " answer" : " answers")
                    + " did not come to an end: whether the provider or its client broke off is not told.");
        }
    }

    /** The share by Wilson's interval (1927), which holds for small counts. */
    private static Estimate share(String key, long count, long of) {
        double share = (double) count / of;
        double z2 = Z95 * Z95;
        double middle = (share + z2 / (2 * of)) / (1 + z2 / of);
        double half = Z95 / (1 + z2 / of) * Math.sqrt(share * (1 - share) / of + z2 / (4.0 * of * of));
        return new Estimate(key, share, Math.max(0, middle - half), Math.min(1, middle + half), "");
    }

    private void takeLimit(List<Call> calls) {
        List<Call> refused = calls.stream()
                .filter(call -> call.status() == RATE_LIMITED)
                .sorted((one, other) -> one.time().compareTo(other.time()))
                .toList();
        if (refused.isEmpty()) {
            unknown.add("No call was refused with 429: the provider's limits lie above what was asked.");
            return;
        }
        Call first = refused.get(0);
        Call last = refused.get(refused.size() - 1);
        Duration limited = Duration.between(first.time(), last.time());
        if (refused.size() < FEWEST_REFUSALS || limited.compareTo(SHORTEST_LIMITED) < 0) {
            unknown.add(refused.size() + (refused.size() == 1 ? " call was" : " calls were")
                    + " refused with 429, within " + limited.toSeconds()
                    + " s: a limit needs at least " + FEWEST_REFUSALS + " within a minute or more.");
            return;
        }
        long letIn = calls.stream()
                .filter(Call::wasServed)
                .filter(call -> call.time().isAfter(first.time()) && call.time().isBefore(last.time()))
                .count();
        double minutes = limited.toMillis() / 60_000.0;
        double half = Z95 * Math.sqrt(letIn);
        limits = Limits.requestsPerMinute(Math.max(1, Math.round(letIn / minutes)));
        estimates.add(new Estimate(
                "limits.requestsPerMinute",
                letIn / minutes,
                Math.max(0, letIn - half) / minutes,
                (letIn + half) / minutes,
                "calls let in while others were refused"));
        unknown.add("Whether requests or tokens were limited is not told: the limit is written as one of requests.");
    }
}
