package io.bookstore.k6.executor;

import io.bookstore.k6.options.ExecutorOptions;
import io.bookstore.k6.vu.VirtualUser;

/** Each virtual user runs the same number of iterations. */
final class PerVuIterationsExecutor implements Executor {
    private final ScenarioRun scenario;
    private final ExecutorOptions.PerVuIterations options;

    PerVuIterationsExecutor(ScenarioRun scenario, ExecutorOptions.PerVuIterations options) {
        this.scenario = scenario;
        this.options = options;
    }

    @Override
    public void run() throws InterruptedException {
        for (int i = 0; i < options.vus(); i++) {
            scenario.startLane(scenario.pool().acquire(), this::work);
        }
        scenario.finish();
    }

    private void work(VirtualUser vu) {
        long done = 0;
        while (done < options.iterations() && scenario.open()) {
            scenario.iterate(vu);
            done++;
        }
        scenario.drop(options.iterations() - done);
    }
}
