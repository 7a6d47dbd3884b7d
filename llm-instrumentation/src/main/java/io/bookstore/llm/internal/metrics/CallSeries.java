package io.bookstore.llm.internal.metrics;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.metrics.SeriesSet.Variant;
import io.bookstore.llm.semconv.GenAiMetric;
import org.jspecify.annotations.Nullable;

/**
 * The series of calls with the same labels, and what each such call adds to them.
 *
 * @param plain     without a label for errors
 * @param chunks    with a label for errors that is always empty
 * @param withError with the error of the call
 */
record CallSeries(SeriesSet plain, SeriesSet chunks, SeriesSet withError) {

    void recordOperation(CallSnapshot call) {
        withError.record(GenAiMetric.OPERATION_DURATION, call.timing().seconds());
        // The histogram describes whole calls (conventions, issue 530); the counters add up whatever was spent.
        if (call.outcome().errorType() == null) {
            plain.record(GenAiMetric.TOKEN_USAGE, Variant.INPUT, call.usage().input());
            plain.record(GenAiMetric.TOKEN_USAGE, Variant.OUTPUT, call.usage().output());
        }
    }

    void recordEmbeddings(CallSnapshot call) {
        withError.record(GenAiMetric.EMBEDDINGS_DURATION, call.timing().seconds());
        if (call.outcome().errorType() == null) {
            plain.record(
                    GenAiMetric.EMBEDDINGS_INPUT_TOKENS,
                    Variant.NONE,
                    call.usage().input());
        }
    }

    void recordInference(CallSnapshot call) {
        TokenUsage usage = call.usage();
        withError.record(GenAiMetric.INFERENCE_DURATION, call.timing().seconds());
        recordChunks(call, GenAiMetric.INFERENCE_TIME_TO_FIRST_CHUNK, GenAiMetric.INFERENCE_TIME_PER_OUTPUT_CHUNK);
        // The conventions count every operation: a call without usage adds 0, so that the series exist.
        plain.record(GenAiMetric.INFERENCE_INPUT_TOKENS, Variant.UNKNOWN_MODALITY, orZero(usage.input()));
        plain.record(GenAiMetric.INFERENCE_OUTPUT_TOKENS, Variant.UNKNOWN_MODALITY, orZero(usage.output()));
        plain.record(GenAiMetric.INFERENCE_CACHE_READ_TOKENS, Variant.UNKNOWN_MODALITY, usage.cacheRead());
        plain.record(GenAiMetric.INFERENCE_CACHE_WRITE_TOKENS, Variant.UNKNOWN_MODALITY, usage.cacheWrite());
        plain.record(GenAiMetric.INFERENCE_REASONING_TOKENS, Variant.UNKNOWN_MODALITY, usage.reasoning());
        if (call.outcome().errorType() == null) {
            withError.record(GenAiMetric.INFERENCE_INPUT_TOKENS_PER_CALL, Variant.NONE, usage.input());
            withError.record(GenAiMetric.INFERENCE_OUTPUT_TOKENS_PER_CALL, Variant.NONE, usage.output());
        }
    }

    void recordChunks(CallSnapshot call, GenAiMetric first, GenAiMetric next) {
        Double toFirst = call.timing().toFirstChunk();
        if (toFirst != null) {
            chunks.record(first, toFirst);
            call.timing().forEachGap(chunks.nanos(next));
        }
    }

    private static Long orZero(@Nullable Long count) {
        return count == null ? 0L : count;
    }
}
