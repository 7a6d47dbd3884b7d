package io.bookstore.perf.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The spans of one trace that say how long the service and its calls to a model took. Times are nanoseconds since 1970. */
final class TraceSpans {

    /**
     * The limit of one record: a client that gives all of its requests one id must not fill the memory. Spans beyond it make the
     * trace {@link #crowded}; a trace whose spans come in two records may have more.
     */
    static final int MOST_CALLS = 1_000;

    private @Nullable Server server;
    private final List<Model> models = new ArrayList<>();
    private final List<HttpRequest> requests = new ArrayList<>(0);
    private boolean crowded;

    /** @param queueMs null if the service does not tell it */
    record Server(long start, long end, @Nullable Double queueMs) {

        double millis() {
            return (end - start) / 1e6;
        }
    }

    /**
     * A call to a model.
     *
     * @param attempts attempts behind the call; null if the span does not say
     * @param failures failed attempts in the order of their end
     * @param internalOf the service whose span of a remote call has the kind INTERNAL, empty if it has no name; null for a span of
     *                   the right kind
     */
    record Model(
            String id,
            String parentId,
            long start,
            long end,
            @Nullable Long attempts,
            List<Failure> failures,
            Usage usage,
            @Nullable String internalOf) {

        /** A call whose span has the right kind. */
        Model(
                String id,
                String parentId,
                long start,
                long end,
                @Nullable Long attempts,
                List<Failure> failures,
                Usage usage) {
            this(id, parentId, start, end, attempts, failures, usage, null);
        }

        double millis() {
            return (end - start) / 1e6;
        }

        /** Returns whether a single attempt is behind it, as far as it tells. */
        boolean once() {
            return attempts == null ? failures.isEmpty() : attempts == 1;
        }
    }

    /**
     * A request of the service's HTTP client.
     *
     * @param status  null if no answer came
     * @param error   its error type; null for none
     * @param address {@code server.address}; null if the span does not tell
     */
    record HttpRequest(
            String parentId,
            long start,
            long end,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable String address) {

        boolean failed() {
            return status == null ? error != null : status >= 400;
        }
    }

    record Failure(
            long time, @Nullable Integer status, @Nullable String error) {}

    record Usage(
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Double costUsd,
            @Nullable Double firstTokenMs) {}

    /** The longest one counts: a service behind the service has a server span within. */
    void add(Server span) {
        if (server == null || span.end - span.start > server.end - server.start) {
            server = span;
        }
    }

    void add(Model span) {
        addTo(models, span);
    }

    void add(HttpRequest span) {
        addTo(requests, span);
    }

    private <T> void addTo(List<T> spans, T span) {
        if (spans.size() < MOST_CALLS) {
            spans.add(span);
        } else {
            crowded = true;
        }
    }

    /** Returns whether there were more spans than are kept. */
    boolean crowded() {
        return crowded;
    }

    /**
     * The HTTP requests directly below a call, or below one within it, in the order of their start. Those to another address
     * than the last one, such as a request for a token, are no attempts.
     */
    List<HttpRequest> requestsOf(Model call) {
        Set<String> ids = new HashSet<>(Set.of(call.id));
        for (int before = 0; before < ids.size(); ) {
            before = ids.size();
            models.stream().filter(model -> ids.contains(model.parentId)).forEach(model -> ids.add(model.id));
        }
        List<HttpRequest> own = requests.stream()
                .filter(request -> ids.contains(request.parentId))
                .sorted(Comparator.comparingLong(HttpRequest::start))
                .toList();
        return own.stream()
                .filter(request -> Objects.equals(request.address, own.get(own.size() - 1).address))
                .toList();
    }

    @Nullable
    Server server() {
        return server;
    }

    /** Calls of which every span has the kind INTERNAL; a framework's around an SDK's, or the other way round, is right. */
    List<Model> internal() {
        Set<String> parents = models.stream().map(Model::parentId).collect(Collectors.toSet());
        Set<String> right = models.stream()
                .filter(model -> model.internalOf == null)
                .map(Model::id)
                .collect(Collectors.toSet());
        return models.stream()
                .filter(model ->
                        model.internalOf != null && !parents.contains(model.id) && !right.contains(model.parentId))
                .toList();
    }

    /** Calls in the order of their start; one within another, as of an SDK below a framework, is a part of it. */
    List<Model> models() {
        Set<String> ids = models.stream().map(Model::id).collect(Collectors.toSet());
        return models.stream()
                .filter(model -> !ids.contains(model.parentId))
                .sorted(Comparator.comparingLong(Model::start))
                .toList();
    }
}
