package io.bookstore.perf.run;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A load test with a name: a script and what it is given.
 *
 * @param name        as typed: {@code ai-smoke}
 * @param description for {@code llm-perf list}
 * @param script      relative to the folder of scripts
 * @param env         for the script
 * @param serviceEnv  for a service that is started for the run, on top of the process's own environment
 */
public record Scenario(
        String name, String description, String script, Map<String, String> env, Map<String, String> serviceEnv) {

    private static final String AI_SUMMARY = "tests/ai-summary.js";
    private static final String MIXED = "scenarios/mixed-workload.js";
    private static final String BOOKS = "tests/books.js";

    // Its error routes are for tests, so they are off unless somebody asks.
    private static final Map<String, String> errorRoutes = Map.of("BOOKSTORE_ERROR_TEST_ENABLED", "true");

    /** Every named scenario. */
    public static final List<Scenario> ALL = List.of(
            scenario("ai-smoke", "summaries, 1 to 2 users, 3 minutes: does it work at all", AI_SUMMARY, "llm_smoke"),
            scenario("ai-load", "summaries, 3 to 5 users, 12 minutes: a sustained load", AI_SUMMARY, "llm_load"),
            scenario("ai-stress", "summaries, 5 to 15 users, 17 minutes: where it breaks", AI_SUMMARY, "llm_stress"),
            scenario("ai-spike", "summaries, 2 to 20 to 2 users, 8 minutes: a sudden surge", AI_SUMMARY, "llm_spike"),
            scenario("mixed", "CRUD with 20 % summaries, up to 15 users, 23 minutes", MIXED, "mixed"),
            scenario("mixed-heavy", "CRUD with 50 % summaries, up to 15 users, 23 minutes", MIXED, "mixed_heavy"),
            openTwin("ai-smoke-open", AI_SUMMARY, "llm_smoke_open"),
            openTwin("ai-load-open", AI_SUMMARY, "llm_load_open"),
            openTwin("ai-stress-open", AI_SUMMARY, "llm_stress_open"),
            openTwin("ai-spike-open", AI_SUMMARY, "llm_spike_open"),
            openTwin("mixed-open", MIXED, "mixed_open"),
            openTwin("mixed-heavy-open", MIXED, "mixed_heavy_open"),
            scenario("crud-smoke", "single books from creation to deletion, 1 user, 2 minutes", BOOKS, "smoke"),
            scenario("crud-load", "CRUD, 5 to 10 users, 10 minutes", BOOKS, "load"),
            scenario("crud-stress", "CRUD, 10 to 30 users, 19 minutes", BOOKS, "stress"),
            scenario("crud-spike", "CRUD, 5 to 50 to 5 users, 8 minutes", BOOKS, "spike"),
            new Scenario(
                    "errors",
                    "errors on purpose, up to 75 users, 11 minutes: the right ones, and nobody else disturbed",
                    "scenarios/error-scenarios.js",
                    Map.of(),
                    errorRoutes),
            new Scenario(
                    "chaos",
                    "a provider that fails for 2 of 6 minutes, and how long the service takes to recover",
                    "scenarios/chaos.js",
                    Map.of(),
                    errorRoutes),
            plain("soak", "mixed users for an hour (SOAK_DURATION): does it slow down", "scenarios/soak.js"),
            plain(
                    "breakpoint",
                    "summaries at a rising rate, 20 minutes: the rate that still holds",
                    "scenarios/breakpoint.js"),
            plain(
                    "payload-sweep",
                    "prompts of 100 to 2000 characters, 10 minutes: latency and cost of each size",
                    "scenarios/payload-sweep.js"));

    /** The suite of summary scenarios, in the order of rising load. */
    public static final String AI_ALL = "ai-all";

    private static final List<String> suite = List.of("ai-smoke", "ai-load", "ai-stress", "ai-spike");

    public Scenario {
        env = Map.copyOf(env);
        serviceEnv = Map.copyOf(serviceEnv);
    }

    /** What {@code llm-perf run} runs for this name: one scenario, or several for a suite. Spelling is forgiving: {@code aiSmoke}. */
    public static List<Scenario> named(String name) {
        if (plain(name).equals(plain(AI_ALL))) {
            return ALL.stream()
                    .filter(scenario -> suite.contains(scenario.name))
                    .toList();
        }
        Optional<Scenario> found = ALL.stream()
                .filter(scenario -> plain(scenario.name).equals(plain(name)))
                .findFirst();
        return List.of(found.orElseThrow(() -> new PerfException(ExitCode.USAGE, unknown(name))));
    }

    private static String unknown(String name) {
        Optional<String> nearest = Nearest.to(name, names());
        return "Unknown scenario \"" + name + "\": "
                + nearest.map(near ->
                                "did you mean " + near + "? \"llm-perf list\" names all, and a script goes by its path.")
                        .orElseGet(() -> "use " + String.join(", ", names()) + ", or the path of a .js script.");
    }

    private static List<String> names() {
        return Stream.concat(ALL.stream().map(Scenario::name), Stream.of(AI_ALL))
                .toList();
    }

    private static String plain(String name) {
        return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
    }

    private static Scenario scenario(String name, String description, String script, String profile) {
        return new Scenario(name, description, script, Map.of("SCENARIO", profile), Map.of());
    }

    private static Scenario openTwin(String name, String script, String profile) {
        String twin = name.replace("-open", "");
        return scenario(name, "as " + twin + ", but requests arrive whatever the service does", script, profile);
    }

    private static Scenario plain(String name, String description, String script) {
        return new Scenario(name, description, script, Map.of(), Map.of());
    }
}
