package io.bookstore.perf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.options.DurationText;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios of the kit run what their {@code meta} says. */
class KitScenariosTest {

    @TempDir
    private Path folder;

    static List<Scenario> ours() {
        return Scenarios.in(Checkout.scripts()).all();
    }

    @Test
    void suiteIsItsScenariosInTheOrderOfTheScript() {
        assertThat(Scenarios.in(Checkout.scripts()).named("aiAll"))
                .extracting(Scenario::name)
                .containsExactly("ai-smoke", "ai-load", "ai-stress", "ai-spike");
    }

    /** The figures of {@code meta} are for readers; the options of the script are what runs. */
    @ParameterizedTest
    @MethodSource("ours")
    void scenarioHasTheLengthAndTheLoadThatItsMetaSays(Scenario scenario) {
        RunPlan plan = planOf(scenario, scenario.env());

        Load load = scenario.load();
        assertThat(DurationText.parse(load.length())).hasValue(plan.duration());
        if (load.users().isEmpty()) {
            assertThat(load.perMinute().stream().max(Integer::compare)).hasValue(mostArrivals(plan));
        } else {
            assertThat(load.users().stream().max(Integer::compare))
                    .hasValue(plan.scenarios().stream()
                            .mapToInt(RunPlan.Scenario::peak)
                            .max()
                            .orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void rateOfAnOpenLoopIsThatOfItsNameHoweverShortTheRun(Scenario scenario) {
        if (scenario.load().perMinute().isEmpty()) {
            return;
        }
        Map<String, String> shortened = new TreeMap<>(scenario.env());
        shortened.put("DURATION_SCALE", "0.05");

        RunPlan plan = planOf(scenario, shortened);

        assertThat(scenario.load().perMinute().stream().max(Integer::compare)).hasValue(mostArrivals(plan));
        assertThat(plan.scenarios())
                .filteredOn(RunPlan.Scenario::openLoop)
                .allSatisfy(part -> assertThat(part.volume())
                        .isLessThanOrEqualTo(part.peak() * part.duration().toMillis() / 60_000.0 + 1));
    }

    private RunPlan planOf(Scenario scenario, Map<String, String> variables) {
        return new EmbeddedEngine(Map.of())
                .inspect(new EngineRequest(Checkout.scripts().resolve(scenario.script()), variables, folder))
                .known()
                .orElseThrow();
    }

    /** Adds up those that go on at the same time. */
    private static int mostArrivals(RunPlan plan) {
        return plan.scenarios().stream()
                .filter(RunPlan.Scenario::openLoop)
                .mapToInt(part -> plan.scenarios().stream()
                        .filter(RunPlan.Scenario::openLoop)
                        .filter(other -> other.startTime().equals(part.startTime()))
                        .mapToInt(RunPlan.Scenario::peak)
                        .sum())
                .max()
                .orElseThrow();
    }

    @Test
    void everyVariableThatAScriptReadsIsDescribedAndNoOther() throws IOException {
        Set<String> read = new TreeSet<>();
        Pattern reads =
                Pattern.compile("\\b(?:text|number|integer|numbers|duration|percentage|choice|limit)\\('([A-Z0-9_]+)'");
        try (Stream<Path> files = Files.walk(Checkout.scripts())) {
            for (Path script : files.filter(file -> file.toString().endsWith(".js"))
                    .filter(file -> !file.toString().contains("vendor"))
                    // Those of a tool are set by the command that runs it.
                    .filter(file -> !file.startsWith(Checkout.scripts().resolve("tools")))
                    .toList()) {
                reads.matcher(Files.readString(script)).results().forEach(found -> read.add(found.group(1)));
            }
        }

        assertThat(read)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        Scenarios.in(Checkout.scripts()).variableNames());
    }
}
