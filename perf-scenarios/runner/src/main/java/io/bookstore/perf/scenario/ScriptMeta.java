package io.bookstore.perf.scenario;

import io.bookstore.perf.scenario.Pace.Pause;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The description of a script, which k6 ignores: {@code export const meta = { variables, thinkSeconds, modelPercent, needs,
 * scenarios, slo }}.
 *
 * @param variables            variables that this script alone reads
 * @param pauses               pauses of virtual users between two requests; empty for none
 * @param modelPercent         percentage of requests that go to the model, by scenario
 * @param modelPercentVariable the variable that replaces it; null for none
 * @param needs                the key of a descriptor without which a service cannot be loaded with it; null for that of the
 *                             operation that asks the model
 * @param scenarios            in the order of the script, at least one
 */
record ScriptMeta(
        String script,
        List<Variable> variables,
        List<Pause> pauses,
        Map<String, Double> modelPercent,
        @Nullable String modelPercentVariable,
        @Nullable String needs,
        List<Scenario> scenarios) {

    ScriptMeta {
        variables = List.copyOf(variables);
        pauses = List.copyOf(pauses);
        modelPercent = Map.copyOf(modelPercent);
        scenarios = List.copyOf(scenarios);
    }

    /**
     * Reads the {@code meta} of a script; empty if it has none.
     *
     * @param script as messages call it
     * @throws io.bookstore.perf.PerfException if it is not as it must be
     */
    static Optional<ScriptMeta> find(String script, String source) {
        return Literal.exported("meta", script, source).map(meta -> of(script, meta));
    }

    private static ScriptMeta of(String script, Literal meta) {
        meta.allowOnly(
                "variables",
                "thinkSeconds",
                "modelPercent",
                "modelPercentVariable",
                "needs",
                "scenarios",
                StatedLimits.KEY);
        meta.find(StatedLimits.KEY).ifPresent(StatedLimits::read);
        Map<String, Literal> described = meta.get("scenarios").entries();
        if (described.isEmpty()) {
            throw meta.get("scenarios").refused("names no scenario");
        }
        Map<String, Double> modelPercent = new LinkedHashMap<>();
        described.forEach((name, scenario) -> modelPercent.put(
                name,
                scenario.find("modelPercent")
                        .orElseGet(() -> meta.get("modelPercent"))
                        .number(0, 100)));
        return new ScriptMeta(
                script,
                Scenarios.variables(meta.get("variables")),
                meta.find("thinkSeconds").map(ScriptMeta::pauses).orElse(List.of()),
                modelPercent,
                meta.find("modelPercentVariable").map(Literal::text).orElse(null),
                meta.find("needs").map(Literal::text).orElse(null),
                described.entrySet().stream()
                        .map(scenario -> Scenario.of(scenario.getKey(), script, scenario.getValue()))
                        .toList());
    }

    private static List<Pause> pauses(Literal described) {
        if (described.elements().isEmpty()) {
            throw described.mustBe("a list of pauses, each the shortest and the longest");
        }
        return described.elements().stream().map(ScriptMeta::pause).toList();
    }

    private static Pause pause(Literal described) {
        List<Literal> ends = described.elements();
        if (ends.size() != 2 || ends.get(0).number(0, 3600) > ends.get(1).number(0, 3600)) {
            throw described.mustBe("the shortest and the longest pause");
        }
        return new Pause(ends.get(0).number(0, 3600), ends.get(1).number(0, 3600));
    }

    /** The pace of the scenario that these variables select; of the first if they select none. */
    Pace pace(Map<String, String> env) {
        Scenario selected = scenarios.stream()
                .filter(scenario -> selects(env, scenario.env()))
                .findFirst()
                .orElse(scenarios.get(0));
        double percent = modelPercent.getOrDefault(selected.name(), 100.0);
        if (modelPercentVariable != null) {
            percent = Pace.number(env, modelPercentVariable, percent);
        }
        return new Pace(pauses, percent / 100);
    }

    private static boolean selects(Map<String, String> given, Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .allMatch(each -> plain(each.getValue()).equals(plain(given.getOrDefault(each.getKey(), ""))));
    }

    /** Names are the same in any spelling: {@code llm_smoke}, {@code llmSmoke}. */
    static String plain(String name) {
        return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
    }
}
