package io.bookstore.perf.slo;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.bookstore.perf.record.RequestRecord.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests that met every limit of their class, of all that were scheduled in the steady window. A request that failed,
 * timed out or found no virtual user is bad. A class without limits is in no figure.
 *
 * @param scheduled requests that were to be sent in the window, over all classes
 * @param good      those that met all limits of their class
 * @param window    the part of the run that is judged
 * @param classes   each class with limits and at least one scheduled request
 */
public record Goodput(long scheduled, long good, SteadyWindow window, List<OfClass> classes) {

    public Goodput {
        classes = classes == null ? List.of() : List.copyOf(classes);
    }

    /** The classes with their sums. */
    static Goodput of(SteadyWindow window, List<OfClass> classes) {
        return new Goodput(
                classes.stream().mapToLong(OfClass::scheduled).sum(),
                classes.stream().mapToLong(OfClass::good).sum(),
                window,
                classes);
    }

    /** The class, if it was judged. */
    public Optional<OfClass> of(Kind kind) {
        return classes.stream().filter(each -> each.kind() == kind).findFirst();
    }

    /** {@code good / scheduled}; null if no request was scheduled, or a class told nothing to judge it by. */
    @JsonProperty(value = "share", access = JsonProperty.Access.READ_ONLY)
    public @Nullable Double share() {
        return scheduled == 0 || classes.stream().anyMatch(each -> each.share() == null)
                ? null
                : (Double) ((double) good / scheduled);
    }

    /**
     * The requests of one class.
     *
     * @param scheduled  requests that were to be sent
     * @param good       those that met all limits
     * @param failed     those that were sent and failed, or had no answer
     * @param dropped    those that were never sent, for no virtual user was free
     * @param share      {@code good / scheduled}; null if no answer told any of the limited dimensions
     * @param dimensions each dimension with a limit, and errors
     * @param binding    the dimension that most requests missed; null if none missed any
     */
    public record OfClass(
            Kind kind,
            long scheduled,
            long good,
            long failed,
            long dropped,
            @Nullable Double share,
            List<Attainment> dimensions,
            @Nullable Dimension binding) {

        public OfClass {
            dimensions = dimensions == null ? List.of() : List.copyOf(dimensions);
        }
    }

    /**
     * A dimension of a class: {@code scheduled = within + missed + failed and dropped + notTold}. Those that failed or were
     * dropped are within no limit; for {@link Dimension#ERROR} they are {@code missed}.
     *
     * @param limit   milliseconds, or US dollars for the cost; null for errors
     * @param missed  answers beyond the limit
     * @param notTold answers that do not tell this dimension, such as the time to first token of one that is not streamed
     * @param share   {@code within / (scheduled - notTold)}; null if no answer told it
     */
    public record Attainment(
            Dimension dimension,
            @Nullable Double limit,
            long within,
            long missed,
            long notTold,
            @Nullable Double share) {}
}
