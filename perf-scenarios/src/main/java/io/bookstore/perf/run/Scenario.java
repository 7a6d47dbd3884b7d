package io.bookstore.perf.run;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A load test with a name: a script and what it is given.
 *
 * @param name        as typed: {@code ai-smoke}
 * @param description for {@code perf list}
 * @param script      relative to the folder of scripts
 */
public record Scenario(String name, String description, String script, Map<String, String> env) {

    private static final String AI_SUMMARY = "tests/ai-summary.js";
    private static final String MIXED = "scenarios/mixed-workload.js";

    /** Every named scenario. */
    public static final List<Scenario> ALL = List.of(
            scenario("ai-smoke", "summaries, 1 to 2 users, 3 minutes: does it work at all", AI_SUMMARY, "llm_smoke"),
            scenario("ai-load", "summaries, 3 to 5 users, 12 minutes: a sustained load", AI_SUMMARY, "llm_load"),
            scenario("ai-stress", "summaries, 5 to 15 users, 17 minutes: where it breaks", AI_SUMMARY, "llm_stress"),
            scenario("ai-spike", "summaries, 2 to 20 to 2 users, 8 minutes: a sudden surge", AI_SUMMARY, "llm_spike"),
            scenario("mixed", "CRUD with 20 % summaries, up to 15 users, 23 minutes", MIXED, "mixed"),
            scenario("mixed-heavy", "CRUD with 50 % summaries, up to 15 users, 23 minutes", MIXED, "mixed_heavy"));

    /** The suite of summary scenarios, in the order of rising load. */
    public static final String AI_ALL = "ai-all";

    public Scenario {
        env = Map.copyOf(env);
    }

    /** What {@code perf run} runs for this name: one scenario, or several for a suite. Spelling is forgiving: {@code aiSmoke}. */
    public static List<Scenario> named(String name) {
        if (plain(name).equals(plain(AI_ALL))) {
            return ALL.stream()
                    .filter(scenario -> scenario.name.startsWith("ai-"))
                    .toList();
        }
        Optional<Scenario> found = ALL.stream()
                .filter(scenario -> plain(scenario.name).equals(plain(name)))
                .findFirst();
        return List.of(found.orElseThrow(() -> new PerfException(
                ExitCode.USAGE,
                "Unknown scenario \"" + name + "\": use " + names() + ", or the path of a .js script.")));
    }

    private static String names() {
        return ALL.stream().map(Scenario::name).collect(Collectors.joining(", ")) + ", " + AI_ALL;
    }

    private static String plain(String name) {
        return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
    }

    private static Scenario scenario(String name, String description, String script, String profile) {
        return new Scenario(name, description, script, Map.of("SCENARIO", profile));
    }
}
