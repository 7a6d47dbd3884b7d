package io.bookstore.k6.executor;

import io.bookstore.k6.options.OptionsNode;
import io.bookstore.k6.run.RunPlan.Stage;
import java.time.Duration;
import java.util.List;

/** The options {@code vus}, {@code iterations}, {@code duration} and {@code stages}, which stand for one scenario. */
final class Shortcuts {
    private Shortcuts() {}

    static Executor read(OptionsNode options) {
        int vus = options.atLeast(options.has("stages") ? 0 : 1, "vus", 1);
        if (options.has("stages")) {
            // A stage of the shortcut may leave its duration out, one of a scenario may not.
            List<Stage> stages = options.stages(Duration.ZERO);
            return stages.isEmpty() ? oneIteration() : new RampingVus(vus, stages, ScenarioReader.DEFAULT_GRACE);
        }
        if (options.has("iterations") || options.has("vus") && !options.has("duration")) {
            return SharedIterations.read(options, vus, vus, "duration");
        }
        return options.has("duration") ? new ConstantVus(vus, options.atLeastOneSecond("duration")) : oneIteration();
    }

    private static Executor oneIteration() {
        return new PerVuIterations(1, 1, ScenarioReader.DEFAULT_MAX_DURATION);
    }
}
