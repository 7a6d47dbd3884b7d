package io.bookstore.llm.semconv;

import java.util.List;

/**
 * Every metric, once: name, instrument, unit and bucket boundaries.
 *
 * <p>Source of {@code gen_ai.*}: semantic-conventions v1.41.1 and semantic-conventions-genai v0.1.0, gen-ai-metrics.
 */
public enum GenAiMetric {
    OPERATION_DURATION("gen_ai.client.operation.duration", Instrument.HISTOGRAM, "s", "Duration of calls to a model"),
    TOKEN_USAGE("gen_ai.client.token.usage", Instrument.HISTOGRAM, "{token}", "Tokens of a call"),
    TIME_TO_FIRST_CHUNK(
            "gen_ai.client.operation.time_to_first_chunk",
            Instrument.HISTOGRAM,
            "s",
            "Time to the first piece of a streamed answer"),
    TIME_PER_OUTPUT_CHUNK(
            "gen_ai.client.operation.time_per_output_chunk",
            Instrument.HISTOGRAM,
            "s",
            "Time between pieces of a streamed answer"),

    INFERENCE_DURATION("gen_ai.client.inference.duration", Instrument.HISTOGRAM, "s", "Duration of an inference"),
    INFERENCE_TIME_TO_FIRST_CHUNK(
            "gen_ai.client.inference.time_to_first_chunk",
            Instrument.HISTOGRAM,
            "s",
            "Time to the first piece of a streamed answer"),
    INFERENCE_TIME_PER_OUTPUT_CHUNK(
            "gen_ai.client.inference.time_per_output_chunk",
            Instrument.HISTOGRAM,
            "s",
            "Time between pieces of a streamed answer"),
    INFERENCE_INPUT_TOKENS(
            "gen_ai.client.inference.usage.input_tokens",
            Instrument.COUNTER,
            "{token}",
            "Input tokens, cached included"),
    INFERENCE_OUTPUT_TOKENS(
            "gen_ai.client.inference.usage.output_tokens",
            Instrument.COUNTER,
            "{token}",
            "Output tokens, reasoning included"),
    INFERENCE_CACHE_READ_TOKENS(
            "gen_ai.client.inference.usage.cache_read.input_tokens",
            Instrument.COUNTER,
            "{token}",
            "Input tokens read from a prompt cache"),
    INFERENCE_CACHE_WRITE_TOKENS(
            "gen_ai.client.inference.usage.cache_write.input_tokens",
            Instrument.COUNTER,
            "{token}",
            "Input tokens written to a prompt cache"),
    INFERENCE_REASONING_TOKENS(
            "gen_ai.client.inference.usage.reasoning.output_tokens",
            Instrument.COUNTER,
            "{token}",
            "Output tokens that were reasoning"),
    INFERENCE_INPUT_TOKENS_PER_CALL(
            "gen_ai.client.inference.operation.input_tokens",
            Instrument.HISTOGRAM,
            "{token}",
            "Input tokens of a call"),
    INFERENCE_OUTPUT_TOKENS_PER_CALL(
            "gen_ai.client.inference.operation.output_tokens",
            Instrument.HISTOGRAM,
            "{token}",
            "Output tokens of a call"),
    EMBEDDINGS_DURATION(
            "gen_ai.client.embeddings.duration", Instrument.HISTOGRAM, "s", "Duration of an embeddings call"),
    EMBEDDINGS_INPUT_TOKENS(
            "gen_ai.client.embeddings.operation.input_tokens",
            Instrument.HISTOGRAM,
            "{token}",
            "Input tokens of an embeddings call"),
    EXECUTE_TOOL_DURATION("gen_ai.execute_tool.duration", Instrument.HISTOGRAM, "s", "Duration of a tool's execution"),

    TOKENS("llm.tokens", Instrument.COUNTER, "{token}", "Tokens that providers reported"),
    COST_USD("llm.cost.usd", Instrument.COUNTER, "{USD}", "Cost of calls in US dollars, by the price list"),
    COST_UNKNOWN(
            "llm.cost.unknown",
            Instrument.COUNTER,
            "{call}",
            "Calls with a cost unknown, or known in part: no price, no usage, or an answer that was cut"),
    REQUESTS_ACTIVE("llm.requests.active", Instrument.UP_DOWN_COUNTER, "{call}", "Calls to models in flight"),
    ATTEMPTS("llm.attempts", Instrument.COUNTER, "{attempt}", "Attempts behind the calls, retries included"),
    RATELIMIT_REMAINING(
            "llm.ratelimit.remaining", Instrument.GAUGE, "1", "What the provider's last answer left of a limit"),
    INSTRUMENTATION_FAILURES(
            "llm.instrumentation.failures",
            Instrument.COUNTER,
            "{failure}",
            "Defects of the telemetry that were kept from the calls");

    private static final List<Double> SECONDS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    private static final List<Double> TOKEN_COUNTS = List.of(
            1d, 4d, 16d, 64d, 256d, 1024d, 4096d, 16384d, 65536d, 262144d, 1048576d, 4194304d, 16777216d, 67108864d);

    private final String wireName;
    private final Instrument instrument;
    private final String unit;
    private final String description;

    GenAiMetric(String wireName, Instrument instrument, String unit, String description) {
        this.wireName = wireName;
        this.instrument = instrument;
        this.unit = unit;
        this.description = description;
    }

    public String wireName() {
        return wireName;
    }

    public Instrument instrument() {
        return instrument;
    }

    /** The unit in UCUM, as OpenTelemetry writes it. */
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** Upper bounds: seconds in powers of two from 10 ms, tokens in powers of four. Empty unless a histogram. */
    public List<Double> buckets() {
        if (instrument != Instrument.HISTOGRAM) {
            return List.of();
        }
        return unit.equals("s") ? SECONDS : TOKEN_COUNTS;
    }

    /** The kind of a metric's numbers. */
    public enum Instrument {
        HISTOGRAM,
        /** Only grows. */
        COUNTER,
        /** A sum of positive and negative steps. */
        UP_DOWN_COUNTER,
        /** The last value. */
        GAUGE
    }
}
