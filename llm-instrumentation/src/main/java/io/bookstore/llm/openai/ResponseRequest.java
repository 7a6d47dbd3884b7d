package io.bookstore.llm.openai;

import com.openai.models.ReasoningEffort;
import com.openai.models.ResponsesModel;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextConfig;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.sdk.Answer;
import io.bookstore.llm.internal.sdk.FailedAnswerException;
import io.bookstore.llm.internal.sdk.Pieces;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of the Responses API. */
record ResponseRequest(ResponseCreateParams params) implements OpenAiRequest<Response, ResponseStreamEvent> {

    @Override
    public String operation() {
        return "chat";
    }

    @Override
    public InferenceRequest.Builder read(String provider) {
        return InferenceRequest.chat(provider, Known.of(params._model(), ResponseRequest::name))
                .maxTokens(Known.intOf(params._maxOutputTokens()))
                .temperature(Known.of(params._temperature()))
                .topP(Known.of(params._topP()))
                .outputType(Known.of(params._text(), text -> Known.of(text._format(), ResponseRequest::outputType)))
                .reasoningLevel(Known.of(
                        params._reasoning(), reasoning -> Known.of(reasoning._effort(), ReasoningEffort::asString)))
                .conversation(Known.of(params._conversation(), ResponseRequest::id))
                .attributes(OpenAiAttributes.ofResponses(
                        Known.of(params._serviceTier(), ResponseCreateParams.ServiceTier::asString)));
    }

    private static @Nullable String name(ResponsesModel model) {
        return model.string()
                .or(() -> model.chat().map(chat -> chat.asString()))
                .or(() -> model.only().map(only -> only.asString()))
                .orElse(null);
    }

    private static @Nullable String id(ResponseCreateParams.Conversation conversation) {
        return conversation
                .id()
                .or(() -> conversation.responseConversationParam().map(named -> named.id()))
                .orElse(null);
    }

    private static @Nullable String outputType(ResponseFormatTextConfig format) {
        if (format.isJsonSchema() || format.isJsonObject()) {
            return "json";
        }
        return format.isText() ? "text" : null;
    }

    @Override
    public Content input() {
        return ResponseContent.input(params);
    }

    @Override
    public Answer answer(Response whole) {
        return answerOf(whole);
    }

    static Answer answerOf(Response whole) {
        String status = Known.of(whole._status(), ResponseStatus::asString);
        InferenceResponse response = new InferenceResponse(
                Known.of(whole._id()),
                Known.of(whole._model(), ResponseRequest::name),
                finishReasons(whole),
                usage(Known.of(whole._usage())),
                null,
                OpenAiAttributes.ofAnswer(Known.of(whole._serviceTier(), Response.ServiceTier::asString), null));
        return new Answer(response, "failed".equals(status) ? failure(whole) : null);
    }

    private static FailedAnswerException failure(Response whole) {
        return whole._error()
                .asKnown()
                .map(error -> OpenAiErrors.failure(
                        error._code().asKnown().map(code -> code.asString()).orElse(""),
                        error._message().asKnown().orElse("The response has failed")))
                .orElseGet(() -> OpenAiErrors.failure("", "The response has failed"));
    }

    /** OpenAI tells no reason here: it follows from the status, and from what the answer asks for. */
    static List<String> finishReasons(Response whole) {
        String status = Known.of(whole._status(), ResponseStatus::asString);
        if ("completed".equals(status)) {
            return List.of(ResponseContent.asksForTool(whole) ? "tool_call" : "stop");
        }
        if (!"incomplete".equals(status)) {
            return List.of();
        }
        String reason = Known.of(
                whole._incompleteDetails(),
                details -> Known.of(details._reason(), Response.IncompleteDetails.Reason::asString));
        return reason == null ? List.of() : List.of(reason.equals("max_output_tokens") ? "length" : reason);
    }

    private static TokenUsage usage(@Nullable ResponseUsage usage) {
        return usage == null
                ? TokenUsage.UNKNOWN
                : Known.usage(
                        Known.of(usage._inputTokens()),
                        Known.of(usage._outputTokens()),
                        Known.of(usage._inputTokensDetails(), details -> Known.of(details._cachedTokens())),
                        Known.of(usage._outputTokensDetails(), details -> Known.of(details._reasoningTokens())));
    }

    @Override
    public Content output(Response whole) {
        return ResponseContent.output(whole);
    }

    @Override
    public Pieces<ResponseStreamEvent> pieces(boolean withContent) {
        return new ResponsePieces();
    }
}
