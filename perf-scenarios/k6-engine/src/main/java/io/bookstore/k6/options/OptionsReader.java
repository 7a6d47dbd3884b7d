package io.bookstore.k6.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.options.HttpOptions.ConnectionReuse;
import io.bookstore.k6.options.HttpOptions.ErrorHandling;
import io.bookstore.k6.options.Options.LifecycleOptions;
import io.bookstore.k6.options.Options.SummaryOptions;
import io.bookstore.k6.options.Options.TagOptions;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.k6.script.ScriptFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Turns the script's {@code options}, overlaid by {@code K6_*} environment variables, into {@link Options}. */
public final class OptionsReader {
    private static final Set<String> KNOWN = Set.of(
            "vus",
            "iterations",
            "duration",
            "stages",
            "scenarios",
            "thresholds",
            "summaryTrendStats",
            "summaryTimeUnit",
            "tags",
            "systemTags",
            "setupTimeout",
            "teardownTimeout",
            "handleSummaryTimeout",
            "minIterationDuration",
            "noSetup",
            "noTeardown",
            "noThresholds",
            "noConnectionReuse",
            "noVUConnectionReuse",
            "noCookiesReset",
            "userAgent",
            "discardResponseBodies",
            "maxRedirects",
            "batch",
            "batchPerHost",
            "throw",
            "insecureSkipTLSVerify",
            "hosts",
            "blockHostnames",
            "noUsageReport");

    /** Options of k6 that the embedded engine leaves to k6, and what to do instead. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("rps", "limit the rate with a constant-arrival-rate scenario"),
            Map.entry("executionSegment", "run the whole test here or run it with k6 itself"),
            Map.entry("executionSegmentSequence", "run the whole test here or run it with k6 itself"),
            Map.entry("tlsAIAFetch", "run this script with k6 itself"),
            Map.entry("tlsAuth", "run this script with k6 itself"),
            Map.entry("tlsVersion", "run this script with k6 itself"),
            Map.entry("tlsCipherSuites", "run this script with k6 itself"),
            Map.entry("blacklistIPs", "use blockHostnames or run this script with k6 itself"),
            Map.entry("localIPs", "run this script with k6 itself"),
            Map.entry("dns", "use hosts or run this script with k6 itself"),
            Map.entry("paused", "start the run when the load is wanted"));

    /** Options of k6 that change nothing of what a local run measures; they are left out with a warning. */
    private static final List<String> HARMLESS =
            List.of("cloud", "ext", "linger", "httpDebug", "noSummary", "consoleOutput", "metricSamplesBufferSize");

    private static final Map<String, String> FLAGS = Map.of(
            "K6_STAGES", "--stage",
            "K6_DURATION", "--duration",
            "K6_ITERATIONS", "--iterations",
            "K6_VUS", "--vus");

    private static final Set<String> DEFAULT_SYSTEM_TAGS = Set.of(
            "proto",
            "subproto",
            "status",
            "method",
            "url",
            "name",
            "group",
            "check",
            "error",
            "error_code",
            "tls_version",
            "scenario",
            "service",
            "expected_response");

    private static final String PLACE = "options";

    private OptionsReader() {}

    /**
     * @param script      the exported {@code options} as JSON; null or missing counts as empty
     * @param variables the process's environment, of which {@code K6_*} overrides the script
     * @param load      the command line; goes before the environment
     * @param scenarios reads the scenarios, or the shortcuts that stand for one
     * @param once      turns a scenario into one iteration of it
     * @throws ScriptFault with exit code 104 that names the option, its value and the rule
     */
    public static Options read(
            JsonNode script,
            Map<String, String> variables,
            LoadFlags load,
            Function<OptionsNode, List<ScenarioOptions>> scenarios,
            UnaryOperator<ScenarioOptions> once) {
        Map<String, String> flags = load.variables();
        JsonNode given = script.isNull() || script.isMissingNode() ? JsonNodeFactory.instance.objectNode() : script;
        OptionsNode written = new OptionsNode(PLACE, given);
        for (String key : written.keys()) {
            if (REFUSED.containsKey(key)) {
                throw ScriptFault.configuration("%s is not supported by the embedded engine; %s."
                        .formatted(written.place(key), REFUSED.get(key)));
            }
        }
        String features = variables.getOrDefault("K6_FEATURES", "");
        if (!features.isBlank()) {
            throw ScriptFault.configuration(
                    "K6_FEATURES asks for '%s', which the embedded engine does not have;".formatted(features)
                            + " leave it out or run this script with k6 itself.");
        }
        List<String> warnings = new ArrayList<>();
        ObjectNode known = ((ObjectNode) given).deepCopy();
        for (String key : HARMLESS) {
            if (known.remove(key) != null) {
                warnings.add(written.place(key) + " has no effect in the embedded engine.");
            }
        }
        new OptionsNode(PLACE, known).allowOnly(KNOWN, "check its spelling or run this script with k6 itself");
        ScenarioSelection selection = new ScenarioSelection(load, warnings);
        selection.overrideIn(known);
        Map<String, String> environment = selection.overrideIn(variables);
        ObjectNode merged = EnvironmentOptions.overlayFlags(EnvironmentOptions.overlay(known, environment), flags);
        if (known.has("scenarios") && !merged.has("scenarios")) {
            warnings.add("The scenarios of the script are replaced by " + replacement(environment, flags)
                    + "; leave it out to run them.");
        }
        OptionsNode options = new OptionsNode(PLACE, merged);
        List<ScenarioOptions> read = selection.of(scenarios.apply(options), once);
        return new Options(
                read,
                selection.thresholds(ThresholdReader.read(options)),
                summary(options),
                new TagOptions(options.textMap("tags"), systemTags(options)),
                lifecycle(options),
                http(options),
                ConsolidatedOptions.of(merged, read),
                warnings);
    }

    private static String replacement(Map<String, String> environment, Map<String, String> flags) {
        return Stream.of("K6_STAGES", "K6_DURATION", "K6_ITERATIONS", "K6_VUS")
                .filter(variable -> flags.containsKey(variable) || environment.containsKey(variable))
                .findFirst()
                .map(variable -> flags.containsKey(variable) ? FLAGS.get(variable) : variable)
                .orElse("the command line");
    }

    private static SummaryOptions summary(OptionsNode options) {
        List<String> stats = options.texts("summaryTrendStats", List.of("avg", "min", "med", "max", "p(90)", "p(95)"));
        for (String stat : stats) {
            if (!stat.matches("avg|min|med|max|count|p\\((\\d{1,2}(\\.\\d+)?|100(\\.0+)?)\\)")) {
                throw new ScriptFault(
                        K6ExitCode.OTHER,
                        "options.summaryTrendStats has '%s'; allowed are avg, min, med, max, count and p(0..100)."
                                .formatted(stat));
            }
        }
        String unit = options.text("summaryTimeUnit", "");
        if (!Set.of("", "s", "ms", "us").contains(unit)) {
            throw ScriptFault.configuration("options.summaryTimeUnit must be 's', 'ms' or 'us', was '" + unit + "'.");
        }
        return new SummaryOptions(stats, unit);
    }

    private static Set<String> systemTags(OptionsNode options) {
        Set<String> tags = Set.copyOf(options.texts("systemTags", List.copyOf(DEFAULT_SYSTEM_TAGS)));
        for (String tag : tags) {
            if (!DEFAULT_SYSTEM_TAGS.contains(tag) && !tag.equals("ip")) {
                throw ScriptFault.configuration("options.systemTags has '%s'; the embedded engine knows ip and %s."
                        .formatted(tag, DEFAULT_SYSTEM_TAGS.stream().sorted().toList()));
            }
        }
        return tags;
    }

    private static LifecycleOptions lifecycle(OptionsNode options) {
        return new LifecycleOptions(
                options.positive("setupTimeout", Duration.ofSeconds(60)),
                options.positive("teardownTimeout", Duration.ofSeconds(60)),
                options.positive("handleSummaryTimeout", Duration.ofSeconds(120)),
                options.duration("minIterationDuration", Duration.ZERO),
                options.flag("noSetup"),
                options.flag("noTeardown"),
                options.flag("noThresholds"));
    }

    private static HttpOptions http(OptionsNode options) {
        Map<String, String> hosts = new LinkedHashMap<>(options.textMap("hosts"));
        return new HttpOptions(
                options.text("userAgent", "bookstore-perf (embedded k6 engine)"),
                options.atLeast(0, "maxRedirects", 10),
                options.atLeast(1, "batch", 20),
                options.atLeast(1, "batchPerHost", 6),
                new ConnectionReuse(
                        options.flag("noConnectionReuse"),
                        options.flag("noVUConnectionReuse"),
                        options.flag("noCookiesReset")),
                new ErrorHandling(
                        options.flag("throw"),
                        options.flag("discardResponseBodies"),
                        options.flag("insecureSkipTLSVerify")),
                hosts,
                options.texts("blockHostnames", List.of()));
    }
}
