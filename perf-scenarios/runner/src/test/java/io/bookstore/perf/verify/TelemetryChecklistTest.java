package io.bookstore.perf.verify;

import static io.bookstore.perf.verify.SoundService.SOUND;
import static io.bookstore.perf.verify.SoundService.SOUND_TELEMETRY;
import static io.bookstore.perf.verify.SoundService.TODAY;
import static io.bookstore.perf.verify.SoundService.assertOnlyFailure;
import static io.bookstore.perf.verify.SoundService.call;
import static io.bookstore.perf.verify.SoundService.checklist;
import static io.bookstore.perf.verify.SoundService.facts;
import static io.bookstore.perf.verify.SoundService.metrics;
import static io.bookstore.perf.verify.SoundService.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.record.CallSpan;
import io.bookstore.perf.verify.Item.State;
import io.bookstore.perf.verify.ServiceTelemetry.CancelledCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plants one defect at a time into the spans and metrics of a sound service. */
class TelemetryChecklistTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "operation_duration_seconds | operation_seconds | metric-names | gen_ai_client_operation_seconds, gen_ai_client_token_usage in place of",
                "operation_duration_seconds | operation_duration_milliseconds | metric-units | gen_ai_client_operation_duration_milliseconds in place of",
                "_usage | _usage_tokens | metric-units | gen_ai_client_token_usage_tokens in place of gen_ai_client_token_usage",
                "9.5 | 9500000 | metric-units | gen_ai_client_operation_duration_seconds has a mean of 791,667 s, and no answer took longer than 1,000 ms",
                "le=\"0.64\" | le=\"0.75\" | metric-buckets | gen_ai_client_operation_duration_seconds has 0.01, 0.02, 0.04 … 81.92 in place of",
                "le= | quantile= | metric-buckets | gen_ai_client_operation_duration_seconds has none in place of 0.01, 0.02, 0.04 … 81.92",
                "gen_ai_provider_name | gen_ai_system | metric-labels | gen_ai_client_operation_duration_seconds has no label gen_ai_provider_name",
                "gen_ai_token_type=\"output\" | gen_ai_token_type=\"total\" | metric-labels | gen_ai_client_token_usage has gen_ai_token_type=\"total\""
            })
    void plantedDefectOfTheMetricsIsNamedByItsOwnItemAlone(String part, String defect, String item, String evidence)
            throws Exception {
        assertOnlyFailure(checklist(folder, metrics().replace(part, defect)), item, evidence);
    }

    @Test
    void spansOfAnotherFormAreNamedByTheirOwnItems() throws Exception {
        assertOnlyFailure(
                checklist(folder, call("completion gpt-4o-mini", Map.of())),
                "span-names",
                "1 of 1 span: \"completion gpt-4o-mini\" in place of \"chat gpt-4o-mini\"");
        assertOnlyFailure(
                checklist(folder, new CallSpan("chat", false, Map.of("gen_ai.operation.name", "chat"))),
                "span-attributes",
                "1 of 1 span: no gen_ai.provider.name");
        assertOnlyFailure(
                checklist(folder, call("chat gpt-4o-mini", Map.of("gen_ai.usage.input_tokens", "30"))),
                "span-attributes",
                "1 of 1 span: gen_ai.usage.input_tokens is no whole number: 30");
        assertOnlyFailure(
                checklist(
                        folder,
                        new CallSpan(
                                "chat gpt-4o-mini", true, call("", Map.of()).attributes())),
                "span-attributes",
                "1 of 1 span: the status is an error, and there is no error.type");
    }

    @Test
    void callThatGoesOnAfterTheClientHasLeftIsNamed() throws Exception {
        ServiceTelemetry going = new ServiceTelemetry(
                SOUND_TELEMETRY.calls(), new CancelledCall(310, 890), SOUND_TELEMETRY.page(), metrics());

        assertOnlyFailure(
                Checklist.of(facts(folder, SOUND), null, going, TODAY),
                "stream-cancel",
                "the client left after 310 ms, the call ended 580 ms later");
    }

    @Test
    void streamThatWasNearlyAtItsEndTellsNothingAboutItsCancellation() throws Exception {
        ServiceTelemetry late = new ServiceTelemetry(
                SOUND_TELEMETRY.calls(), new CancelledCall(880, 885), SOUND_TELEMETRY.page(), metrics());

        assertThat(named("stream-cancel", Checklist.of(facts(folder, SOUND), null, late, TODAY)))
                .satisfies(item -> assertThat(item.state()).isEqualTo(State.UNKNOWN));
    }

    @Test
    void telemetryThatNobodySawIsUnknownWithItsReason() throws Exception {
        ServiceTelemetry none = new ServiceTelemetry(List.of(), null, "http://127.0.0.1:7002/metrics", null);

        List<Item> items = Checklist.of(facts(folder, SOUND), null, none, TODAY);

        assertThat(items).noneMatch(item -> item.state() == State.FAIL);
        assertThat(named("span-names", items).evidence()).isEqualTo("no spans came");
        assertThat(named("metric-buckets", items).evidence())
                .isEqualTo("http://127.0.0.1:7002/metrics gave no metrics");
        assertThat(named("stream-cancel", items).evidence())
                .isEqualTo(
                        "neither a simulator's journal nor a span tells of the call behind the stream that was left");
    }

    @Test
    void pageOfAServiceWithoutMetricsOfCallsIsUnknownAndNoDefect() throws Exception {
        assertThat(named("metric-names", checklist(folder, "http_requests_total 12\n")))
                .isEqualTo(new Item(
                        "metric-names",
                        "The duration of calls is a metric by the name of the conventions",
                        State.UNKNOWN,
                        "http://127.0.0.1:7002/metrics has no metric gen_ai_*",
                        "Give the address of its metrics by --metrics."));
    }
}
