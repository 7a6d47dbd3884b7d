package io.bookstore.perf.record;

import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.TraceSpans.Failure;
import io.bookstore.perf.record.TraceSpans.HttpRequest;
import io.bookstore.perf.record.TraceSpans.Model;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts behind one call, by its spans: those of its HTTP requests where the service's client has them, else the call's
 * own span.
 *
 * @param backoffMs  null if unknown
 * @param providerMs null if unknown
 */
record CallAttempts(
        List<Attempt> attempts,
        @Nullable Double backoffMs,
        @Nullable Double providerMs) {

    /** @param requests the HTTP requests of the call in the order of their start; empty if no span tells of them */
    static CallAttempts of(long startNanos, Model call, List<HttpRequest> requests) {
        if (tellsAll(call, requests)) {
            return ofRequests(startNanos, call, requests);
        }
        return call.once() ? single(startNanos, call) : retried(startNanos, call);
    }

    /** Requests side by side are no attempts one after the other, and a service that counts others knows better. */
    private static boolean tellsAll(Model call, List<HttpRequest> requests) {
        for (int i = 1; i < requests.size(); i++) {
            if (requests.get(i).start() < requests.get(i - 1).end()) {
                return false;
            }
        }
        return !requests.isEmpty() && (call.attempts() == null || call.attempts() == requests.size());
    }

    private static CallAttempts ofRequests(long startNanos, Model call, List<HttpRequest> requests) {
        List<Attempt> attempts = new ArrayList<>();
        double backoffMs = 0;
        double providerMs = 0;
        for (int i = 0; i < requests.size(); i++) {
            HttpRequest request = requests.get(i);
            Double waitMs = i > 0 && requests.get(i - 1).failed()
                    ? Double.valueOf((request.start() - requests.get(i - 1).end()) / 1e6)
                    : null;
            boolean answered = i == requests.size() - 1 && !request.failed();
            // Many clients end the span of a request with the head of its answer; the call ends with the body.
            long end = answered ? Math.max(request.end(), call.end()) : request.end();
            double durationMs = (end - request.start()) / 1e6;
            backoffMs += waitMs == null ? 0 : waitMs;
            providerMs += durationMs;
            attempts.add(new Attempt(
                    (request.start() - startNanos) / 1e6,
                    durationMs,
                    waitMs,
                    request.status(),
                    error(request, i < call.failures().size() ? call.failures().get(i) : null)));
        }
        return new CallAttempts(attempts, backoffMs, providerMs);
    }

    /** The service's own word before that of its HTTP client, whose error is the status once more if there is one. */
    private static @Nullable String error(HttpRequest request, @Nullable Failure failure) {
        if (failure != null && failure.error() != null) {
            return failure.error();
        }
        return String.valueOf(request.status()).equals(request.error()) ? null : request.error();
    }

    private static CallAttempts single(long startNanos, Model call) {
        Failure failure = call.failures().isEmpty() ? null : call.failures().get(0);
        Attempt attempt = new Attempt(
                (call.start() - startNanos) / 1e6,
                call.millis(),
                null,
                failure == null ? null : failure.status(),
                failure == null ? null : failure.error());
        return new CallAttempts(List.of(attempt), 0.0, call.millis());
    }

    /** A call begins with its first attempt, and its span tells when each failed one ended; when a later one began, it does not. */
    private static CallAttempts retried(long startNanos, Model call) {
        List<Attempt> attempts = new ArrayList<>();
        for (Failure failure : call.failures()) {
            boolean first = attempts.isEmpty();
            attempts.add(new Attempt(
                    first ? Double.valueOf((call.start() - startNanos) / 1e6) : null,
                    first ? Double.valueOf((failure.time() - call.start()) / 1e6) : null,
                    null,
                    failure.status(),
                    failure.error()));
        }
        if (call.attempts() != null && call.attempts() > attempts.size()) {
            attempts.add(new Attempt(null, null, null, null, null));
        }
        return new CallAttempts(attempts, null, null);
    }
}
