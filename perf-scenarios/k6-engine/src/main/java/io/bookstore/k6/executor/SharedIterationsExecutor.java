package io.bookstore.k6.executor;

import io.bookstore.k6.options.ExecutorOptions;
import io.bookstore.k6.vu.VirtualUser;
import java.util.concurrent.atomic.AtomicLong;

/** Virtual users take the next iteration from one counter until it is used up. */
final class SharedIterationsExecutor implements Executor {
    private final ScenarioRun scenario;
    private final ExecutorOptions.SharedIterations options;
    private final AtomicLong next;

    SharedIterationsExecutor(ScenarioRun scenario, ExecutorOptions.SharedIterations options, AtomicLong next) {
        this.scenario = scenario;
        this.options = options;
        this.next = next;
    }

    @Override
    public void run() throws InterruptedException {
        for (int i = 0; i < options.vus(); i++) {
            scenario.startLane(scenario.pool().acquire(), this::work);
        }
        scenario.finish();
        scenario.drop(options.iterations() - Math.min(next.get(), options.iterations()));
    }

    private void work(VirtualUser vu) {
        while (scenario.open() && next.getAndIncrement() < options.iterations()) {
            scenario.iterate(vu);
        }
    }
}
