package io.bookstore.llm.internal.call;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.opentelemetry.context.Context;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended; nothing in it changes any more.
 *
 * @param start    the call as it started
 * @param context  the context of the call, with its span if it has one
 * @param outcome  the end
 * @param usage    tokens, those of a partial answer included
 * @param cost     null if nobody knows
 * @param content  the messages that the host told
 * @param attempts attempts that the host told
 * @param timing   durations
 */
public record CallSnapshot(
        CallStart start,
        Context context,
        Outcome outcome,
        TokenUsage usage,
        @Nullable Cost cost,
        Content content,
        int attempts,
        CallTiming timing) {

    public InferenceRequest request() {
        return start.request();
    }

    /** The model that answered; null if the provider did not tell. */
    @Nullable
    public String responseModel() {
        return outcome.response() == null ? null : outcome.response().model();
    }

    /** The model that answered or, if the provider did not tell, the one asked for. */
    @Nullable
    public String model() {
        return responseModel() == null ? request().model() : responseModel();
    }

    /** Null if the provider did not say what the call cost. */
    @Nullable
    public BigDecimal reportedCostUsd() {
        return outcome.response() == null ? null : outcome.response().reportedCostUsd();
    }

    /** Returns true if an answer had begun to come, and so to cost, but its tokens were not told in full. */
    public boolean tokensAreMissing() {
        boolean whole = outcome.response() != null && usage.input() != null && usage.output() != null;
        return timing.chunks() != null && !whole;
    }
}
