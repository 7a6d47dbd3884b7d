package io.bookstore.perf.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The end-to-end time of a request in parts, in milliseconds. A part that has no source is null and named in
 * {@link #unknown}; one that the request cannot have, as the provider of a plain read, is null and not named. A negative part
 * is written as it came out.
 *
 * @param networkMs     outside the service: end-to-end less the server span
 * @param queueMs       waiting in the service for a permit or a rate-limit slot, if the service tells it; it is within the
 *                      application otherwise
 * @param applicationMs within the server span, and in no other part
 * @param backoffMs     from a failed attempt to the arrival of the next one
 * @param providerMs    the provider's time for all attempts
 * @param unknown       the names of parts without a source
 * @param disagreeMs    by how much the sources contradict each other; null if they do not
 */
public record Parts(
        @Nullable Double networkMs,
        @Nullable Double queueMs,
        @Nullable Double applicationMs,
        @Nullable Double backoffMs,
        @Nullable Double providerMs,
        List<Part> unknown,
        @Nullable Double disagreeMs) {

    /** The parts, in the order in which a request passes them. */
    public enum Part {
        NETWORK(Parts::networkMs),
        QUEUE(Parts::queueMs),
        APPLICATION(Parts::applicationMs),
        BACKOFF(Parts::backoffMs),
        PROVIDER(Parts::providerMs);

        private final Function<Parts, @Nullable Double> value;

        Part(Function<Parts, @Nullable Double> value) {
            this.value = value;
        }

        /** Milliseconds of this part; null if unknown or not applicable. */
        public @Nullable Double of(Parts parts) {
            return value.apply(parts);
        }
    }

    public Parts {
        unknown = unknown == null ? List.of() : List.copyOf(unknown);
    }

    /** True if every part of the time is known: a queue that the service does not tell is within the application. */
    @JsonIgnore
    public boolean complete() {
        return unknown.stream().allMatch(part -> part == Part.QUEUE);
    }

    /** The sum of the parts that are known. */
    @JsonIgnore
    public double sumMs() {
        return Arrays.stream(Part.values())
                .map(part -> part.of(this))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum();
    }
}
