package io.bookstore.perf.run;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.slo.Goodput;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** Accompanies a run: the engine's listener, told also what happens before and after the load. */
public interface RunWatcher extends EngineListener {

    /** Shows what is being done or waited for; replaces the text before it. */
    void showPhase(String text);

    /** A person is asked something: nothing may be drawn until the next phase. */
    void quiet();

    /** The service that the load goes to is at this address. */
    default void loading(URI service) {}

    /** The provider is a simulator, whose admin API is at this address. */
    default void simulated(URI simulator) {}

    /** Requests will be judged by limits: {@code soFar} tells the goodput at any time, from any thread. */
    default void judging(Supplier<Optional<Goodput>> soFar) {}

    /** The load begins; {@code run} can be interrupted from another thread from now on. */
    void started(EngineRun run);

    /** The load is over, nothing of it is running any more. */
    void ended();
}
