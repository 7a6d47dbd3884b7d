package io.bookstore.k6.options;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The consolidated options of a script.
 *
 * @param thresholds by key as written, in the script's order; a key may have no expression
 * @param consolidated the options that {@code exec.test.options} shows: shortcuts are already a scenario
 * @param warnings   a sentence for each option that has no effect
 */
public record Options(
        List<ScenarioOptions> scenarios,
        Map<String, List<ThresholdOptions>> thresholds,
        SummaryOptions summary,
        TagOptions tags,
        LifecycleOptions lifecycle,
        HttpOptions http,
        JsonNode consolidated,
        List<String> warnings) {

    public Options {
        scenarios = List.copyOf(scenarios);
        warnings = List.copyOf(warnings);
    }

    /** @param timeUnit {@code s}, {@code ms}, {@code us} or empty for a fitting unit */
    public record SummaryOptions(List<String> trendStats, String timeUnit) {
        public SummaryOptions {
            trendStats = List.copyOf(trendStats);
        }
    }

    /** @param system names of k6's own tags that samples carry */
    public record TagOptions(Map<String, String> run, Set<String> system) {
        public TagOptions {
            run = Map.copyOf(run);
            system = Set.copyOf(system);
        }
    }

    public record LifecycleOptions(
            Duration setupTimeout,
            Duration teardownTimeout,
            Duration handleSummaryTimeout,
            Duration minIterationDuration,
            boolean noSetup,
            boolean noTeardown,
            boolean noThresholds) {}
}
