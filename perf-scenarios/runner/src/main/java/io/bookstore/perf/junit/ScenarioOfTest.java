package io.bookstore.perf.junit;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.Bill;
import io.bookstore.perf.run.Consent;
import io.bookstore.perf.run.Installation;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.slo.Slo;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A script, run the way {@code llm-perf run} runs it. */
final class ScenarioOfTest {

    private ScenarioOfTest() {}

    static RunResult run(PerfScenario scenario, TestSurroundings surroundings, Path output)
            throws InterruptedException {
        RunOrder order = new RunOrder(
                surroundings.name(),
                new RunOrder.Script(Path.of(scenario.script()), variables(scenario.env())),
                new RunOrder.Service(
                        surroundings.baseUrl(), Installation.locate(null, null).apiJar(), Map.of(), false),
                output,
                new RunOrder.Rules(limit(scenario.maxUsd()), false, Slo.NONE));
        try (TestLog log = new TestLog()) {
            return new ScenarioRunner(surroundings.engine(), Clock.systemUTC(), consent(scenario.maxUsd()))
                    .run(order, log);
        }
    }

    private static double limit(double maxUsd) {
        // Nothing was allowed, so nothing is paid: the consent has seen to it.
        return maxUsd > 0 ? maxUsd : Double.POSITIVE_INFINITY;
    }

    private static Consent consent(double maxUsd) {
        return bill -> {
            if (!(maxUsd > 0)) {
                throw new PerfException(
                        ExitCode.NOT_AGREED,
                        bill.sentence() + " A test must allow it: @PerfScenario(maxUsd = " + dollars(bill) + ").");
            }
        };
    }

    private static String dollars(Bill bill) {
        return String.format(Locale.ROOT, "%.2f", Math.max(0.01, bill.usd()));
    }

    private static Map<String, String> variables(String[] settings) {
        Map<String, String> variables = new TreeMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new PerfException(
                        ExitCode.USAGE, "@PerfScenario(env = \"" + setting + "\") must read NAME=value.");
            }
            variables.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return variables;
    }
}
