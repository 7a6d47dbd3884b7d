package io.bookstore.k6.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.run.RunPlan.Stage;
import java.time.Duration;
import java.util.List;

/** The executor of a scenario as its options describe it: how long it runs, and how much load it is. */
public interface ExecutorOptions {

    /** k6's name of the executor. */
    String name();

    /** The regular duration without grace period; for iteration executors, their maximum. */
    Duration duration();

    /** Most virtual users at work, or arrivals a minute. */
    int peak();

    /** Iterations where they are counted or arrive at a rate, seconds of virtual users otherwise. */
    double volume();

    /** The largest number of virtual users it may ever hold. */
    int maxVus();

    /** The number of virtual users that have to exist when it starts. */
    default int initialVus() {
        return maxVus();
    }

    /** The target at the beginning of the first stage; 0 for executors without stages. */
    default int start() {
        return 0;
    }

    /** The stages of a ramp; empty for executors without stages. */
    default List<Stage> stages() {
        return List.of();
    }

    /** Adds the fields that only this executor has, except its stages, as {@code exec.test.options} shows them. */
    void describe(ObjectNode scenario);
}
