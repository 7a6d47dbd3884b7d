package io.bookstore.hub;

import io.bookstore.perf.engine.EngineListener;
import io.bookstore.perf.engine.EngineRequest;
import io.bookstore.perf.engine.RunPlan;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.samples.Metric;
import io.bookstore.perf.samples.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a script would do, by its own options and unscaled; no request of it gets anywhere. */
final class ScriptPlan implements EngineListener {

    private static final Path scripts = Path.of("..", "perf-scenarios", "k6");

    private final CompletableFuture<RunPlan> plan = new CompletableFuture<>();

    static RunPlan of(String script, Map<String, String> variables, Path output) throws Exception {
        ScriptPlan listener = new ScriptPlan();
        Map<String, String> env = new java.util.TreeMap<>(variables);
        env.put("BASE_URL", "http://127.0.0.1:1");
        EngineRequest request = new EngineRequest(scripts.resolve(script), env, output);
        new EmbeddedEngine(Map.of()).start(request, listener).await();
        return listener.plan.getNow(new RunPlan(java.util.List.of()));
    }

    /** Such as {@code 30s to 1, 2m to 2, 30s to 0}. */
    static String stages(RunPlan plan) {
        return plan.scenarios().get(0).stages().stream()
                .map(stage -> text(stage.duration()) + " to " + stage.target())
                .collect(java.util.stream.Collectors.joining(", "));
    }

    static int mostUsers(RunPlan plan) {
        return plan.scenarios().get(0).stages().stream()
                .mapToInt(RunPlan.Stage::target)
                .max()
                .orElse(0);
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public void planned(RunPlan planned) {
        plan.complete(planned);
    }

    @Override
    public void metric(Metric metric) {}

    @Override
    public void sample(Sample sample) {}

    @Override
    public void log(String level, String message) {}

    @Override
    public void print(String text) {}
}
