package io.bookstore.llm.semconv;

import java.util.List;

/**
 * Metric names, units and bucket boundaries.
 *
 * <p>Source of {@code gen_ai.*}: open-telemetry/semantic-conventions v1.41.1, docs/gen-ai/gen-ai-metrics.md.
 */
public final class GenAiMetrics {

    /** Histogram, seconds. */
    public static final String OPERATION_DURATION = "gen_ai.client.operation.duration";

    /** Histogram, {@code {token}}. */
    public static final String TOKEN_USAGE = "gen_ai.client.token.usage";

    /** Histogram, seconds; streamed calls only. */
    public static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";

    /** Histogram, seconds; a record for each chunk after the first. */
    public static final String TIME_PER_OUTPUT_CHUNK = "gen_ai.client.operation.time_per_output_chunk";

    /** Counter, {@code {token}}. */
    public static final String TOKENS = "llm.tokens";

    /** Counter, US dollars. */
    public static final String COST_USD = "llm.cost.usd";

    /** Counter of calls that ended without a known cost. */
    public static final String COST_UNKNOWN = "llm.cost.unknown";

    /** Up-down counter of calls in flight. */
    public static final String REQUESTS_ACTIVE = "llm.requests.active";

    /** Counter of attempts, retries included. */
    public static final String ATTEMPTS = "llm.attempts";

    /** Gauge: what the provider's last answer left of a limit. */
    public static final String RATELIMIT_REMAINING = "llm.ratelimit.remaining";

    /** Counter of defects that were kept from the host: it should be 0. */
    public static final String INSTRUMENTATION_FAILURES = "llm.instrumentation.failures";

    public static final String OUTCOME = "outcome";
    public static final String KIND = "kind";
    public static final String STAGE = "stage";

    /** Stands for "nothing" where a backend wants the same labels in every series. */
    public static final String NONE = "none";

    /** Seconds, powers of two from 10 ms. */
    public static final List<Double> DURATION_BUCKETS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

    /** Tokens, powers of four. */
    public static final List<Double> TOKEN_BUCKETS = List.of(
            1d, 4d, 16d, 64d, 256d, 1024d, 4096d, 16384d, 65536d, 262144d, 1048576d, 4194304d, 16777216d, 67108864d);

    private GenAiMetrics() {}
}
