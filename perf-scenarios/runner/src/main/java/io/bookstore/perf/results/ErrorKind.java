package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Failures with the same cause: requests, checks, or iterations that an exception ended.
 *
 * @param operation   the request's {@code name} tag, or the check's group; empty for none
 * @param status      HTTP status, 0 if there was no answer
 * @param code        k6's error code, 0 if it gave none
 * @param description the cause in words, the check's name, or the exception's message
 * @param source      the thing that failed
 * @param example     the message of the first one, where it says more than the description; null otherwise
 */
public record ErrorKind(
        String operation,
        int status,
        int code,
        String description,
        long count,
        Source source,
        @Nullable String example) {

    /** The things that fail. A failed request may fail a check, too. */
    public enum Source {
        @JsonProperty("request")
        REQUEST,
        @JsonProperty("check")
        CHECK,
        @JsonProperty("exception")
        EXCEPTION
    }

    /** Files of earlier versions have requests only. */
    public ErrorKind {
        source = Objects.requireNonNullElse(source, Source.REQUEST);
    }

    /** A kind whose description says all. */
    public ErrorKind(String operation, int status, int code, String description, long count, Source source) {
        this(operation, status, code, description, count, source, null);
    }

    // k6's documented error codes; HTTP statuses come as 1000 + status and speak for themselves.
    private static final Map<Integer, String> descriptions = Map.ofEntries(
            Map.entry(1010, "network error"),
            Map.entry(1020, "invalid URL"),
            Map.entry(1050, "request timeout"),
            Map.entry(1100, "DNS error"),
            Map.entry(1101, "no such host"),
            Map.entry(1110, "address is blocked by the script"),
            Map.entry(1111, "host name is blocked by the script"),
            Map.entry(1200, "TCP error"),
            Map.entry(1201, "broken pipe"),
            Map.entry(1210, "connection failed"),
            Map.entry(1211, "connection timeout"),
            Map.entry(1212, "connection refused"),
            Map.entry(1220, "connection reset by peer"),
            Map.entry(1300, "TLS error"),
            Map.entry(1310, "certificate of an unknown authority"),
            Map.entry(1311, "certificate does not match the host name"),
            Map.entry(1701, "answer could not be decompressed"));

    /**
     * Names the kind by what is known, best source first.
     *
     * @param error   what k6 says of it; empty for nothing
     * @param message what the answer of the first one says; null for nothing
     */
    public static ErrorKind of(
            String operation, int status, int code, String error, @Nullable String message, long count) {
        String description = describe(status, code, error);
        String example = message == null && !error.isEmpty() ? error : message;
        return new ErrorKind(
                operation,
                status,
                code,
                description,
                count,
                Source.REQUEST,
                description.equals(example) ? null : example);
    }

    public static ErrorKind ofCheck(CheckResult failed) {
        String group = failed.group().startsWith("::") ? failed.group().substring(2) : failed.group();
        return new ErrorKind(group, 0, 0, failed.name(), failed.fails(), Source.CHECK);
    }

    public static ErrorKind ofException(String message, long count) {
        return new ErrorKind("", 0, 0, message, count, Source.EXCEPTION);
    }

    /** Most frequent first. */
    public static List<ErrorKind> sorted(Stream<ErrorKind> kinds) {
        return kinds.sorted(Comparator.comparingLong(ErrorKind::count)
                        .reversed()
                        .thenComparing(ErrorKind::source)
                        .thenComparing(ErrorKind::operation)
                        .thenComparing(ErrorKind::status))
                .toList();
    }

    private static String describe(int status, int code, String error) {
        String known = descriptions.get(code);
        if (known != null) {
            return known;
        }
        if (!error.isEmpty()) {
            return error;
        }
        return switch (status) {
            case 0 -> "no answer";
            case 400 -> "bad request";
            case 401 -> "not authenticated";
            case 403 -> "forbidden";
            case 404 -> "not found";
            case 408 -> "request timeout";
            case 409 -> "conflict";
            case 429 -> "rate limited";
            case 500 -> "internal server error";
            case 502 -> "bad gateway";
            case 503 -> "service unavailable";
            case 504 -> "gateway timeout";
            case 529 -> "provider overloaded";
            default -> status >= 500 ? "server error" : status >= 400 ? "client error" : "unexpected answer";
        };
    }
}
