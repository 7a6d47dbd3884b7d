package io.bookstore.llm.openai;

import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.sdk.Accumulation;
import io.bookstore.llm.internal.sdk.Answer;
import io.bookstore.llm.internal.sdk.Pieces;
import io.bookstore.llm.operation.InferenceResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The chunks of a chat completion. Tokens come with the last one, and only if the request asked for them. */
final class ChatPieces implements Pieces<ChatCompletionChunk> {

    // Of servers that are not OpenAI's; not a field of the SDK.
    private static final Set<String> REASONING = Set.of("reasoning_content", "reasoning");

    private final int asked;
    private final Set<Long> choices = new HashSet<>();
    private final TreeMap<Long, String> finishReasons = new TreeMap<>();
    private final @Nullable Accumulation<ChatCompletionAccumulator, ChatCompletionChunk> accumulation;
    private TokenUsage usage = TokenUsage.UNKNOWN;
    private boolean lastChunk;
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String tier;
    private @Nullable String fingerprint;

    ChatPieces(@Nullable Integer asked, boolean withContent) {
        this.asked = asked == null ? 1 : asked;
        this.accumulation = withContent
                ? new Accumulation<>(
                        ChatCompletionAccumulator.create(),
                        ChatCompletionAccumulator::accumulate,
                        whole -> ChatContent.output(whole.chatCompletion()))
                : null;
    }

    @Override
    public boolean add(ChatCompletionChunk chunk) {
        // A last chunk with nothing but tokens takes nothing back.
        id = latest(Known.of(chunk._id()), id);
        model = latest(Known.of(chunk._model()), model);
        tier = latest(Known.of(chunk._serviceTier(), ChatCompletionChunk.ServiceTier::asString), tier);
        fingerprint = latest(Known.of(chunk._systemFingerprint()), fingerprint);
        usage = chunk._usage().asKnown().map(ChatRequest::usage).orElse(usage);
        // Its tokens without a choice are the last thing before [DONE], which the SDK does not show.
        lastChunk |= chunk._usage().asKnown().isPresent()
                && Known.listOf(chunk._choices()).isEmpty();
        boolean output = false;
        for (Choice choice : Known.listOf(chunk._choices())) {
            output |= add(choice);
        }
        if (accumulation != null) {
            accumulation.add(chunk);
        }
        return output;
    }

    private static @Nullable String latest(@Nullable String told, @Nullable String before) {
        return told == null ? before : told;
    }

    private boolean add(Choice choice) {
        Long index = choice._index().asKnown().orElse(0L);
        choices.add(index);
        String reason = Known.of(choice._finishReason(), Choice.FinishReason::asString);
        if (reason != null) {
            finishReasons.put(index, ChatRequest.finishReason(reason));
        }
        Choice.Delta delta = Known.of(choice._delta());
        return delta != null && isOutput(delta);
    }

    /** The first chunk has only the role of the answer, and an empty text. */
    private static boolean isOutput(Choice.Delta delta) {
        return !delta._content().asKnown().orElse("").isEmpty()
                || !delta._refusal().asKnown().orElse("").isEmpty()
                || !Known.listOf(delta._toolCalls()).isEmpty()
                || delta._functionCall().asKnown().isPresent()
                || delta._additionalProperties().keySet().stream().anyMatch(REASONING::contains);
    }

    @Override
    public boolean whole() {
        boolean ended = !choices.isEmpty() && finishReasons.size() == choices.size();
        return ended && (lastChunk || choices.size() >= asked);
    }

    @Override
    public TokenUsage usage() {
        return usage;
    }

    @Override
    public Answer answer() {
        List<String> reasons = new ArrayList<>(finishReasons.values());
        return new Answer(
                new InferenceResponse(id, model, reasons, usage, null, OpenAiAttributes.ofAnswer(tier, fingerprint)));
    }

    @Override
    public Content content() {
        return accumulation == null ? Content.NONE : accumulation.content();
    }
}
