package io.bookstore.perf.testing;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.RunWatcher;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.slo.Slo;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run of a script of the test's own on the embedded engine, with all that surrounds a run. */
public final class EmbeddedRun {

    /** Rules of a valid measurement that other work on the machine breaks, other tests in this JVM included. */
    private static final Set<String> BUSY_MACHINE = Set.of("generator-load", "late-arrivals", "simulator-lateness");

    private EmbeddedRun() {}

    /**
     * Runs {@code summarize()} as often as the options say.
     *
     * @param options k6's options as JavaScript
     */
    public static RunResult ofSummaries(String options, URI service, Path folder) throws InterruptedException {
        return of(summaries(options), service, folder, Clock.systemUTC(), false);
    }

    /** The same of a service that sends its spans to that port. */
    public static RunResult ofSummaries(String options, URI service, Path folder, int otlpPort)
            throws InterruptedException {
        return of(summaries(options), Map.of(), service, folder, Clock.systemUTC(), false, otlpPort);
    }

    private static String summaries(String options) {
        return """
                import exec from 'k6/execution';
                import { summarize } from '%s';
                export const options = %s;
                export default function () {
                  summarize({ bookId: '1', title: 'Emma', author: 'Jane' }, { requestId: `r${exec.scenario.iterationInTest}` });
                }
                """.formatted(Checkout.scripts().resolve("lib/llm.js"), options);
    }

    /** @param strict as {@code --strict} */
    public static RunResult of(String script, URI service, Path folder, Clock clock, boolean strict)
            throws InterruptedException {
        return of(script, Map.of(), service, folder, clock, strict, null);
    }

    /** @param env variables of the script */
    public static RunResult of(String script, Map<String, String> env, URI service, Path folder)
            throws InterruptedException {
        return of(script, env, service, folder, Clock.systemUTC(), false, null);
    }

    private static RunResult of(
            String script,
            Map<String, String> env,
            URI service,
            Path folder,
            Clock clock,
            boolean strict,
            @Nullable Integer otlpPort)
            throws InterruptedException {
        Path file = folder.resolve("script.js");
        try {
            Files.writeString(file, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RunOrder order = new RunOrder(
                "planted",
                new RunOrder.Script(file, env),
                new RunOrder.Service(service, 0, Path.of("none"), Map.of(), otlpPort, false),
                folder,
                new RunOrder.Rules(Double.POSITIVE_INFINITY, strict, Slo.NONE));
        EngineChoice choice = new EngineChoice(new EmbeddedEngine(Map.of()), "for a test");
        return undisturbed(new ScenarioRunner(choice, clock, bill -> {}).run(order, new Silence()));
    }

    /** The result without what other work on the machine did to the measurement: no test is about it. */
    private static RunResult undisturbed(RunResult result) {
        List<ValidityFinding> others = result.findings().stream()
                .filter(finding -> !BUSY_MACHINE.contains(finding.rule()))
                .toList();
        boolean invalid = others.stream().anyMatch(ValidityFinding::invalid);
        int limits = result.crossed().isEmpty() ? 0 : 99;
        return result.with(others)
                .with(result.verdict().invalid() && !invalid ? Verdict.of(limits, null) : result.verdict());
    }

    private static final class Silence implements RunWatcher {
        @Override
        public void showPhase(String text) {}

        @Override
        public void quiet() {}

        @Override
        public void started(EngineRun run) {}

        @Override
        public void ended() {}
    }
}
