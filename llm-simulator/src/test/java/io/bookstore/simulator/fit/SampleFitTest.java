package io.bookstore.simulator.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.OutputLength;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.latency.Serving;
import io.bookstore.simulator.latency.Stall;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profile of a provider that the samples of a load test tell. */
class SampleFitTest {

    private static final Percentage FIVE_PERCENT = Percentage.withPercentage(5);
    private static final Instant TIME = Instant.parse("2026-11-30T12:00:00.123456789Z");
    private static final String TARGET =
            "Samples show the service that was under load: its own time, errors and refusals are taken for those of the"
                    + " provider.";

    @TempDir
    private Path folder;

    private final SampleText samples = new SampleText();

    @Test
    void thousandRequestsGiveThePlantedNumbersWithinFivePercent() throws Exception {
        Profile planted = new Profile(
                "planted",
                new LatencyModel(
                        new Prefill(400, 0.2, 0.2), new Decode(15.6, 0.2, 0.1, 4), new Stall(0.02, 4_000, 9_000)),
                new OutputLength(110, 0.3, 20, 200),
                Serving.UNLIMITED);
        samples.announce("http_req_duration").announce("llm_ttft");
        List<Call> calls = PlantedCalls.of(planted, 1_000, 0, 4);
        for (int i = 0; i < calls.size(); i++) {
            samples.answered(calls.get(i), "trace-" + i);
        }

        CallFile read = read();
        Fitted fitted = Fit.of(read.calls(), "fitted", "samples.jsonl.gz").withUnknown(read.unknown());

        Profile profile = fitted.behaviour().profile();
        assertThat(read.leftOut()).isEmpty();
        assertThat(profile.latency().prefill().medianMs()).isCloseTo(400, FIVE_PERCENT);
        assertThat(profile.latency().prefill().perPromptTokenMs()).isCloseTo(0.2, FIVE_PERCENT);
        assertThat(profile.latency().prefill().sigma()).isCloseTo(0.2, FIVE_PERCENT);
        assertThat(profile.latency().decode().tokenMs()).isCloseTo(15.6, FIVE_PERCENT);
        assertThat(profile.latency().decode().sigma()).isCloseTo(0.2, FIVE_PERCENT);
        assertThat((double) profile.outputLength().median()).isCloseTo(110, FIVE_PERCENT);
        assertThat(profile.outputLength().sigma()).isCloseTo(0.3, FIVE_PERCENT);
        assertThat(profile.latency().stall())
                .isEqualTo(Profiles.named("sonnet-class").latency().stall());
        assertThat(fitted.unknown())
                .contains(
                        TARGET,
                        "Too few calls have the times of their chunks: decode.jitter, decode.tokensPerChunk and stall are"
                                + " those of sonnet-class.");
    }

    @Test
    void samplesOfARequestAreFoundByItsTrace() throws Exception {
        samples.point("http_req_duration", TIME, 1_500, "one", 200)
                .point("http_req_duration", TIME, 7, "two", 429)
                .point("llm_ttft", TIME, 300, "one", 200)
                .point("llm_errors", TIME, 1, "two", 429)
                .point("llm_output_tokens", TIME, 80, "one", 200);

        List<Call> calls = read().calls();

        assertThat(calls).extracting(Call::status).containsExactly(200, 429);
        assertThat(calls.get(0).time()).isEqualTo(TIME.minusMillis(1_500));
        assertThat(calls.get(0).ttftMs()).isEqualTo(300);
        assertThat(calls.get(0).durationMs()).isEqualTo(1_500);
        assertThat(calls.get(0).outputTokens()).isEqualTo(80);
        assertThat(calls.get(1).completed()).isFalse();
    }

    @Test
    void gapsOfAStreamAreTheTimesOfItsChunks() throws Exception {
        samples.point("http_req_duration", TIME, 300, "one", 200).point("llm_ttft", TIME, 100, "one", 200);
        for (double gap : new double[] {20, 30, 25}) {
            samples.point("llm_chunk_gap", TIME, gap, "one", 200);
        }

        assertThat(read().calls().get(0).chunkMs()).containsExactly(100, 120, 150, 175);
    }

    @Test
    void groupsOfTheEmbeddedEngineAreReadAsTheSamplesThatTheyHold() throws Exception {
        Path file = Files.writeString(folder.resolve("samples.jsonl"), """
            {"type":"Shape","shape":0,"samples":[{"metric":"http_req_duration","tags":{"operation_type":"llm","status":"200"}},{"metric":"llm_chunk_gap","tags":{}},{"metric":"llm_ttft","tags":{}}]}
            {"type":"Points","shape":0,"time":"2026-11-30T12:00:00.123456789Z","after":[0,700,5,5,9],"values":[300,[20,30,25],100],"metadata":{"trace_id":"one"}}
            {"type":"Points","shape":7,"time":"2026-11-30T12:00:00Z","after":[0],"values":[1]}
            {"type":"Points","shape":0,"time":"2026-11-30T12:00:00Z","after":[0],"values":[300,[20,30,25],100],"metadata":{"trace_id":"two"}}
            """);

        CallFile read = CallFile.read(file);

        assertThat(read.calls()).singleElement().satisfies(call -> {
            assertThat(call.time()).isEqualTo(TIME.minusMillis(300));
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.chunkMs()).containsExactly(100, 120, 150, 175);
        });
        assertThat(read.leftOut())
                .containsExactly(
                        "Line 3 has samples of a shape that no line before it tells: left out",
                        "Line 4 has not a time for each of its values: left out");
    }

    @Test
    void serviceTellsTheTimeOfItsProvider() throws Exception {
        samples.point("http_req_duration", TIME, 300, "one", 200).point("llm_provider_time", TIME, 250, "one", 200);

        CallFile read = read();

        assertThat(read.calls().get(0).durationMs()).isEqualTo(250);
        assertThat(read.unknown())
                .containsExactly(
                        "Samples show the service that was under load: times are what it tells of its provider, and"
                                + " its errors and refusals are taken for those of the provider.");
    }

    @Test
    void retriedRequestTellsItsStatusAlone() throws Exception {
        samples.answered(PlantedCalls.of(Profiles.named("fixed"), 1, 0, 1).get(0), "one")
                .point("llm_retries", TIME, 2, "one", 200);

        assertThat(read().calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.ttftMs()).isNull();
            assertThat(call.outputTokens()).isZero();
        });
    }

    @Test
    void samplesThatTellNothingAreLeftOutAndNamed() throws Exception {
        samples.point("http_req_duration", TIME, 5, "", 200)
                .point("http_req_duration", TIME, 5, "crud", "\"operation_type\":\"crud\",\"status\":\"200\"")
                .point("http_req_duration", TIME, 5, "hit", 200)
                .point("llm_cache_hits", TIME, 1, "hit", 200)
                .point("http_req_duration", TIME, -5, "late", 200)
                .point("vus", TIME, 5, "", "")
                .point("http_req_duration", TIME, 5, "health", "\"status\":\"200\"");

        CallFile read = read();

        assertThat(read.calls()).isEmpty();
        assertThat(read.leftOut())
                .containsExactly(
                        "Line 1 has a request without trace_id in its metadata, by which its samples are found: left out",
                        "Line 5 has a value of http_req_duration that is no number of at least 0: left out",
                        "Line 3 has a request that a cache answered: left out");
    }

    private CallFile read() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(String.join("\n", samples.lines()).getBytes(StandardCharsets.UTF_8));
        }
        return CallFile.read(Files.write(folder.resolve("samples.jsonl.gz"), bytes.toByteArray()));
    }
}
