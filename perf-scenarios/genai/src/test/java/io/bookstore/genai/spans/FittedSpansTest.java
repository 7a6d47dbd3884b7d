package io.bookstore.genai.spans;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.cache.CacheMode;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.fit.FitCommand;
import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.OutputLength;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Serving;
import io.bookstore.simulator.latency.Stall;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.BehaviourJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The spans of llm-instrumentation are what the simulator's {@code fit} reads. */
class FittedSpansTest {

    private static final Percentage FIVE_PERCENT = Percentage.withPercentage(5);

    @TempDir
    private Path folder;

    @Test
    void spansOfTheLibraryBecomeTheProfileBehindThem() throws Exception {
        Profile planted = new Profile(
                "planted",
                new LatencyModel(new Prefill(40, 0.02, 0.1), new Decode(1, 0.2, 0.1, 4), new Stall(0, 0, 0)),
                new OutputLength(110, 0.3, 20, 200),
                Serving.UNLIMITED);
        Behaviour behaviour = Behaviour.defaults()
                .withProfile(planted)
                .withPromptCache(CacheMode.OFF)
                .withFaults(new FaultRule(Fault.parse("503"), 0.05, Duration.ZERO, null));
        Path spans = folder.resolve("traces.jsonl.gz");
        try (SimulatorServer simulator = SimulatorServer.start(
                SimulatorConfig.defaults().withPort(0).withBehaviour(behaviour).withSeed(2))) {
            InstrumentedTraffic.write(simulator, 1_000, spans);
        }

        Behaviour fitted = fit(spans);

        Prefill prefill = fitted.profile().latency().prefill();
        Decode decode = fitted.profile().latency().decode();
        assertThat(prefill.medianMs()).isCloseTo(40, FIVE_PERCENT);
        assertThat(prefill.perPromptTokenMs()).isCloseTo(0.02, FIVE_PERCENT);
        assertThat(prefill.sigma()).isCloseTo(0.1, FIVE_PERCENT);
        assertThat(decode.tokenMs()).isCloseTo(1, FIVE_PERCENT);
        assertThat(decode.sigma()).isCloseTo(0.2, FIVE_PERCENT);
        assertThat((double) fitted.profile().outputLength().median()).isCloseTo(110, FIVE_PERCENT);
        assertThat(fitted.profile().outputLength().sigma()).isCloseTo(0.3, FIVE_PERCENT);
        assertThat(fitted.faults().rules()).singleElement().satisfies(rule -> {
            assertThat(rule.fault().text()).isEqualTo("503");
            assertThat(rule.probability()).isBetween(0.035, 0.065);
        });
    }

    private Behaviour fit(Path spans) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path file = folder.resolve("fitted.json");
        int exitCode = new CommandLine(new FitCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(spans.toString(), "--out", file.toString());
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains(" answers of 1,000 calls.", "decode.jitter, decode.tokensPerChunk and stall are");
        return BehaviourJson.read(Files.readString(file), Behaviour.defaults());
    }
}
