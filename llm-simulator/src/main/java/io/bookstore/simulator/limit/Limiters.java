package io.bookstore.simulator.limit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sets of buckets of one configuration, each made full when its first request comes. Thread-safe. */
public final class Limiters {

    /** Sets kept. Beyond, the one that was not used for the longest time is removed, and would be full again. */
    static final int MOST = 10_000;

    // The name of a model is as long as its sender likes.
    private static final int MOST_CHARS = 200;

    private final Limits limits;
    private final Instant since;
    private final Map<String, Limiter> limiters = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Limiter> eldest) {
            return size() > MOST;
        }
    };

    public Limiters(Limits limits, Instant since) {
        this.limits = limits;
        this.since = since;
    }

    /**
     * The buckets of a request.
     *
     * @param provider      the wire format
     * @param countsRefused whether the provider counts a refused request
     * @param model         null if the request could not be read that far
     */
    public Limiter of(String provider, boolean countsRefused, Caller caller, @Nullable String model) {
        return limiter(limits, provider, countsRefused, caller, model);
    }

    /** The buckets of a request for a free operation, which has a limit of requests of its own and no other. */
    public Limiter ofFree(
            String provider, String operation, boolean countsRefused, Caller caller, @Nullable String model) {
        return limiter(limits.requestsOnly(), provider + " " + operation, countsRefused, caller, model);
    }

    private synchronized Limiter limiter(
            Limits some, String of, boolean countsRefused, Caller caller, @Nullable String model) {
        String part = limits.per().partOf(caller, model == null ? "" : model);
        String name = of + " " + part.substring(0, Math.min(part.length(), MOST_CHARS));
        return limiters.computeIfAbsent(name, absent -> new Limiter(some, countsRefused, since));
    }
}
