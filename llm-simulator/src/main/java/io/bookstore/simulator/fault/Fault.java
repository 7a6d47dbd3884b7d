package io.bookstore.simulator.fault;

import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fault of one answer, written as a status or a name, with a number where it takes one: {@code stall:5000}. */
public sealed interface Fault {

    /** The fault as plans, headers and the journal write it. */
    String text();

    /**
     * The provider refuses.
     *
     * @param retryAfterSeconds null where the provider says nothing
     */
    record Refused(int status, @Nullable Integer retryAfterSeconds) implements Fault {

        private static final Pattern STATUS = Pattern.compile("[0-9]{3}");

        private static final Map<Integer, Kind> kinds = new TreeMap<>(Map.ofEntries(
                Map.entry(400, Kind.INVALID_REQUEST),
                Map.entry(401, Kind.AUTHENTICATION),
                Map.entry(402, Kind.BILLING),
                Map.entry(403, Kind.PERMISSION),
                Map.entry(404, Kind.NOT_FOUND),
                Map.entry(413, Kind.TOO_LARGE),
                Map.entry(429, Kind.RATE_LIMITED),
                Map.entry(500, Kind.SERVER_ERROR),
                Map.entry(503, Kind.UNAVAILABLE),
                Map.entry(504, Kind.TIMEOUT),
                Map.entry(529, Kind.OVERLOADED)));

        @Override
        public String text() {
            return retryAfterSeconds == null ? String.valueOf(status) : status + ":" + retryAfterSeconds;
        }

        public Refusal refusal() {
            return new Refusal(
                    kinds.getOrDefault(status, Kind.SERVER_ERROR),
                    "Injected fault " + text(),
                    retryAfterSeconds == null ? null : Duration.ofSeconds(retryAfterSeconds));
        }
    }

    /** The money is spent: a 429 that no waiting helps. */
    record QuotaExhausted() implements Fault {

        @Override
        public String text() {
            return "insufficient-quota";
        }

        public Refusal refusal() {
            return Refusal.of(Kind.QUOTA_EXHAUSTED, "Injected fault insufficient-quota");
        }
    }

    /**
     * The answer begins and something is wrong with it.
     *
     * @param number how many chunks come first, or how many milliseconds it lasts; see {@link AnswerFault}
     */
    record Broken(AnswerFault kind, int number) implements Fault {

        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}");

        @Override
        public String text() {
            return kind.text() + (kind.unit().isEmpty() ? "" : ":" + number);
        }
    }

    /** Returns whether a fault is one of that kind; false for none. */
    static boolean isKind(@Nullable Fault fault, AnswerFault kind) {
        return fault instanceof Broken broken && broken.kind() == kind;
    }

    /**
     * Reads a fault.
     *
     * @throws IllegalArgumentException if there is no such fault; the message lists those there are
     */
    static Fault parse(String text) {
        String[] parts = text.strip().split(":", 2);
        String name = parts[0];
        Integer number = parts.length == 1 ? null : number(text, parts[1]);
        if (name.equals("insufficient-quota") && number == null) {
            return new QuotaExhausted();
        }
        if (Refused.STATUS.matcher(name).matches() && Refused.kinds.containsKey(Integer.valueOf(name))) {
            return new Refused(Integer.parseInt(name), number);
        }
        for (AnswerFault kind : AnswerFault.values()) {
            if (kind.text().equals(name) && (number == null || !kind.unit().isEmpty())) {
                return new Broken(kind, number == null ? kind.number() : number);
            }
        }
        throw new IllegalArgumentException("There is no fault \"" + text + "\"; use " + names());
    }

    /** The names of all faults, with the numbers they take. */
    static String names() {
        Stream<String> statuses = Refused.kinds.keySet().stream().map(String::valueOf);
        Stream<String> answers = Arrays.stream(AnswerFault.values())
                .map(kind -> kind.text() + (kind.unit().isEmpty() ? "" : "[:" + kind.unit() + "]"));
        return Stream.of(statuses, Stream.of("insufficient-quota"), answers)
                .flatMap(all -> all)
                .collect(Collectors.joining(", "));
    }

    private static Integer number(String text, String number) {
        if (!Broken.NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException(
                    "The number of fault \"" + text + "\" must be a whole number from 0 to 9999999");
        }
        return Integer.valueOf(number);
    }
}
