package io.bookstore.perf.testing;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.engine.Engine;
import io.bookstore.perf.engine.EngineOption;
import java.util.List;

/** An engine that tells of a run at once instead of loading anything. */
public interface PlayedEngine extends Engine, EngineOption {

    /** The runs that were asked for, in their order. */
    List<EngineRequest> requests();

    /** Tells the listener of everything that the run measured. */
    void play(EngineRequest request, EngineListener listener);

    /** @param run its number, from 1 */
    EngineOutcome outcome(int run);

    @Override
    default Availability availability() {
        return new Availability(true, "a choice of the test");
    }

    @Override
    default Engine engine() {
        return this;
    }

    @Override
    default boolean tellsEverySample() {
        return true;
    }

    @Override
    default EngineRun start(EngineRequest request, EngineListener listener) {
        requests().add(request);
        int run = requests().size();
        play(request, listener);
        listener.print("the end-of-test summary");
        return new EngineRun() {
            @Override
            public EngineOutcome await() {
                return outcome(run);
            }

            @Override
            public void interrupt() {
                // It is over at once.
            }
        };
    }
}
