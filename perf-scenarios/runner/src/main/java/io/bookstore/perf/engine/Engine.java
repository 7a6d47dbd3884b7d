package io.bookstore.perf.engine;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.Inspection;

/** Runs one k6 script and leaves the same files behind, whatever runs it. Stateless: one engine may run many scripts. */
public interface Engine {

    /** The name by which {@code K6_ENGINE} asks for it, for example {@code embedded}. */
    String name();

    /**
     * Starts the script and returns at once. Whatever goes wrong from here on, a script that does not parse included,
     * ends up in the {@link EngineOutcome} with k6's exit code and never as an exception.
     */
    EngineRun start(EngineRequest request, EngineListener listener);

    /** Looks at the script before anything is started for it: its init code runs, and sends nothing. */
    default Inspection inspect(EngineRequest request) {
        return Inspection.NONE;
    }

    /** Returns whether the listener gets every sample, whatever happens, so that the file of samples need not be read after the run. */
    default boolean tellsEverySample() {
        return false;
    }

    /** True if the load comes from beyond this host's loopback, so that a service must listen on every address. */
    default boolean comesFromOutside() {
        return false;
    }
}
