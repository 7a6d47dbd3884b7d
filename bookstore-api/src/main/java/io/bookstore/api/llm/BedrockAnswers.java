package io.bookstore.api.llm;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Sees the answers of Bedrock before the SDK reads them, which tells nobody of one that it cannot. */
final class BedrockAnswers implements ExecutionInterceptor {

    /** Who must hear that the answer to a request begins. */
    static final ExecutionAttribute<AnswerWatch> WATCH = new ExecutionAttribute<>("bookstore-answer-watch");

    /** An asynchronous client calls it with the head of the answer, before the body. */
    @Override
    public void afterTransmission(Context.AfterTransmission answer, ExecutionAttributes request) {
        @Nullable AnswerWatch watch = request.getAttribute(WATCH);
        if (watch != null && answer.httpResponse().isSuccessful()) {
            watch.answerBegan();
        }
    }
}
