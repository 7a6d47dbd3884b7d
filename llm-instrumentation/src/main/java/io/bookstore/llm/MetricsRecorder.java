package io.bookstore.llm;

import org.jspecify.annotations.Nullable;

/**
 * Writes measurements to one metrics backend. Implementations are thread-safe and quick; what they throw never reaches
 * the host. The current OpenTelemetry context is that of the call, so that exemplars find its span.
 */
public interface MetricsRecorder {

    /** A call began; its {@link #ended} follows. */
    void started(InferenceRequest request);

    /** A call ended, however. */
    void ended(Measurement measurement);

    /**
     * An attempt ended; a call that was not retried has one.
     *
     * @param errorType null if it succeeded
     */
    void attempt(InferenceRequest request, @Nullable String errorType);

    /**
     * A provider told what is left of a limit.
     *
     * @param kind {@code requests}, {@code tokens}, {@code input_tokens} or {@code output_tokens}
     */
    void rateLimitRemaining(String provider, String kind, long remaining);

    /**
     * A defect of the telemetry was kept from the host. The default does nothing.
     *
     * @param stage what failed, from a fixed list: {@code record_metrics}, {@code end_span} and the like
     */
    default void instrumentationFailed(String stage) {}
}
