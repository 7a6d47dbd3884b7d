package io.bookstore.k6.vu;

import io.bookstore.k6.http.HttpClients;
import io.bookstore.k6.metrics.MetricRegistry;
import io.bookstore.k6.metrics.RunClock;
import io.bookstore.k6.metrics.SampleBatch;
import io.bookstore.k6.options.Options;
import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.script.ScriptRuntime;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * The parts that all virtual users of a run share.
 *
 * @param samples     takes the samples
 * @param environment {@code __ENV}
 * @param background  for interruptions and for requests at the same time
 */
public record TestRun(
        ScriptRuntime runtime,
        Options options,
        Map<String, String> environment,
        Shared shared,
        RunControl control,
        RunClock clock,
        HttpClients clients,
        Consumer<SampleBatch> samples,
        EngineListener listener,
        ExecutorService background) {

    /** The registries that the script's init code fills and later code reads. */
    public record Shared(MetricRegistry metrics, SharedArrays arrays, CheckTree checks) {
        public static Shared create() {
            return new Shared(new MetricRegistry(), new SharedArrays(), new CheckTree());
        }
    }

    void log(String level, String message) {
        listener.log(level, message);
    }
}
