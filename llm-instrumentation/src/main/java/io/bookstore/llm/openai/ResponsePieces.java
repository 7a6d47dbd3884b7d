package io.bookstore.llm.openai;

import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseErrorEvent;
import com.openai.models.responses.ResponseStreamEvent;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.sdk.Answer;
import io.bookstore.llm.internal.sdk.FailedAnswerException;
import io.bookstore.llm.internal.sdk.Pieces;
import io.bookstore.llm.operation.InferenceResponse;
import org.jspecify.annotations.Nullable;

/** The events of a streamed response: the last one has all of it. */
final class ResponsePieces implements Pieces<ResponseStreamEvent> {

    private static final InferenceResponse NOTHING_YET = InferenceResponse.of(null, TokenUsage.UNKNOWN);

    private @Nullable Response last;
    private @Nullable FailedAnswerException failure;

    @Override
    public boolean add(ResponseStreamEvent event) {
        event.completed().ifPresent(end -> last = end.response());
        event.incomplete().ifPresent(end -> last = end.response());
        event.failed().ifPresent(end -> last = end.response());
        event.error().ifPresent(error -> failure = failure(error));
        return event.isOutputTextDelta()
                || event.isReasoningTextDelta()
                || event.isReasoningSummaryTextDelta()
                || event.isRefusalDelta()
                || event.isFunctionCallArgumentsDelta()
                || event.isCustomToolCallInputDelta()
                || event.isMcpCallArgumentsDelta()
                || event.isCodeInterpreterCallCodeDelta();
    }

    private static FailedAnswerException failure(ResponseErrorEvent error) {
        return OpenAiErrors.failure(
                error._code().asKnown().orElse(""), error._message().asKnown().orElse("The response has failed"));
    }

    @Override
    public boolean whole() {
        return last != null || failure != null;
    }

    @Override
    public TokenUsage usage() {
        return last == null ? TokenUsage.UNKNOWN : answer().response().usage();
    }

    @Override
    public Answer answer() {
        return last == null ? new Answer(NOTHING_YET, failure) : ResponseRequest.answerOf(last);
    }

    @Override
    public Content content() {
        return last == null ? Content.NONE : ResponseContent.output(last);
    }
}
