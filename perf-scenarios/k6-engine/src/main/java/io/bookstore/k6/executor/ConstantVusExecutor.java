package io.bookstore.k6.executor;

import io.bookstore.k6.options.ExecutorOptions;
import io.bookstore.k6.vu.VirtualUser;

/** Each virtual user runs one iteration after the other until the time is over. */
final class ConstantVusExecutor implements Executor {
    private final ScenarioRun scenario;
    private final ExecutorOptions.ConstantVus options;

    ConstantVusExecutor(ScenarioRun scenario, ExecutorOptions.ConstantVus options) {
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
        while (scenario.open()) {
            scenario.iterate(vu);
        }
    }
}
