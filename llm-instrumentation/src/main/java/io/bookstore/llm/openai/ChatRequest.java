package io.bookstore.llm.openai;

import com.openai.models.ChatModel;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.sdk.Answer;
import io.bookstore.llm.internal.sdk.Pieces;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request for a chat completion. */
record ChatRequest(ChatCompletionCreateParams params) implements OpenAiRequest<ChatCompletion, ChatCompletionChunk> {

    @Override
    public String operation() {
        return "chat";
    }

    @Override
    public InferenceRequest.Builder read(String provider) {
        Integer maxTokens = Known.intOf(params._maxCompletionTokens());
        return InferenceRequest.chat(provider, Known.of(params._model(), ChatModel::asString))
                .maxTokens(maxTokens == null ? Known.intOf(params._maxTokens()) : maxTokens)
                .temperature(Known.of(params._temperature()))
                .topP(Known.of(params._topP()))
                .frequencyPenalty(Known.of(params._frequencyPenalty()))
                .presencePenalty(Known.of(params._presencePenalty()))
                .seed(Known.of(params._seed()))
                .choiceCount(Known.intOf(params._n()))
                .stopSequences(Known.of(params._stop(), ChatRequest::stops))
                .outputType(Known.of(params._responseFormat(), ChatRequest::outputType))
                .reasoningLevel(Known.of(params._reasoningEffort(), ReasoningEffort::asString))
                .attributes(OpenAiAttributes.ofChat(
                        Known.of(params._serviceTier(), ChatCompletionCreateParams.ServiceTier::asString)));
    }

    private static List<String> stops(ChatCompletionCreateParams.Stop stop) {
        return stop.string().map(List::of).or(stop::strings).orElse(List.of());
    }

    private static @Nullable String outputType(ChatCompletionCreateParams.ResponseFormat format) {
        if (format.isJsonSchema() || format.isJsonObject()) {
            return "json";
        }
        return format.isText() ? "text" : null;
    }

    @Override
    public Content input() {
        return ChatContent.input(params);
    }

    @Override
    public Answer answer(ChatCompletion whole) {
        List<String> reasons = new ArrayList<>();
        for (ChatCompletion.Choice choice : Known.listOf(whole._choices())) {
            String reason = Known.of(choice._finishReason(), ChatCompletion.Choice.FinishReason::asString);
            if (reason != null) {
                reasons.add(finishReason(reason));
            }
        }
        return new Answer(new InferenceResponse(
                Known.of(whole._id()),
                Known.of(whole._model()),
                reasons,
                usage(Known.of(whole._usage())),
                null,
                OpenAiAttributes.ofAnswer(
                        Known.of(whole._serviceTier(), ChatCompletion.ServiceTier::asString),
                        Known.of(whole._systemFingerprint()))));
    }

    @Override
    public Content output(ChatCompletion whole) {
        return ChatContent.output(whole);
    }

    @Override
    public Pieces<ChatCompletionChunk> pieces(boolean withContent) {
        return new ChatPieces(Known.intOf(params._n()), withContent);
    }

    static TokenUsage usage(@Nullable CompletionUsage usage) {
        return usage == null
                ? TokenUsage.UNKNOWN
                : Known.usage(
                        Known.of(usage._promptTokens()),
                        Known.of(usage._completionTokens()),
                        Known.of(usage._promptTokensDetails(), details -> Known.of(details._cachedTokens())),
                        Known.of(usage._completionTokensDetails(), details -> Known.of(details._reasoningTokens())));
    }

    /** The conventions' name of a reason. */
    static String finishReason(String reason) {
        return reason.equals("tool_calls") || reason.equals("function_call") ? "tool_call" : reason;
    }
}
