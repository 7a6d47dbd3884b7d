package io.bookstore.llm.internal.jfr;

import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.Outcome;
import io.bookstore.llm.operation.InferenceRequest;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A call to a model. */
@Name("io.bookstore.llm.Call")
@Label("LLM Call")
@Description("Call to a model, retries included")
final class JfrCall extends JfrOperation {

    // An event has no null for numbers; the jfr tool shows this one, and a double that is NaN, as N/A.
    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final double NANOS = 1e9;

    @Label("Operation")
    @Description("chat, text_completion, generate_content or embeddings")
    @Nullable
    String operation;

    @Label("Provider")
    @Nullable
    String provider;

    @Label("Request Model")
    @Nullable
    String model;

    @Label("Response Model")
    @Description("The model that answered, if the provider named it")
    @Nullable
    String responseModel;

    @Label("Streaming")
    boolean streaming;

    @Label("Input Tokens")
    @Description("Cached tokens included")
    long inputTokens;

    @Label("Output Tokens")
    @Description("Reasoning included")
    long outputTokens;

    @Label("Cost")
    @Description("US dollars")
    double costUsd;

    @Label("Time to First Chunk")
    @Timespan(Timespan.NANOSECONDS)
    long timeToFirstChunk;

    @Label("Attempts")
    @Description("Told by the client; 0 if it told none")
    int attempts;

    void putEnd(CallSnapshot call) {
        InferenceRequest request = call.request();
        operation = cut(request.operation());
        provider = cut(request.provider());
        model = request.model();
        responseModel = call.responseModel();
        streaming = request.streaming();
        outcome = call.outcome().wireName();
        errorType = call.outcome() instanceof Outcome.Failed failed ? failed.errorType() : null;
        inputTokens = orUnknown(call.usage().input());
        outputTokens = orUnknown(call.usage().output());
        Cost cost = call.cost();
        costUsd = cost == null ? Double.NaN : cost.usd().doubleValue();
        Double toFirstChunk = call.timing().toFirstChunk();
        timeToFirstChunk = toFirstChunk == null ? UNKNOWN : Math.round(toFirstChunk * NANOS);
        attempts = call.attempts();
        putSpan(call.context());
    }

    private static long orUnknown(@Nullable Long count) {
        return count == null ? UNKNOWN : count;
    }
}
