package io.bookstore.llm.spring.ai;

import io.bookstore.llm.Inference;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** The answer of a stream, gathered from its pieces, which come one after the other. */
final class StreamedAnswer {

    private final Inference inference;
    private final List<String> finishReasons = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Part> toolCalls = new ArrayList<>();
    private final boolean wanted;

    private @Nullable String id;
    private @Nullable String model;
    private TokenUsage usage = TokenUsage.UNKNOWN;
    private String thoughts = "";

    StreamedAnswer(Inference inference) {
        this.inference = inference;
        this.wanted = isContentWanted(inference);
    }

    /** The text of an answer is kept only for a content policy, and the call is what knows whether there is one. */
    private static boolean isContentWanted(Inference inference) {
        boolean[] wanted = {false};
        inference.content(() -> {
            wanted[0] = true;
            return Content.NONE;
        });
        return wanted[0];
    }

    void add(ChatResponse piece) {
        boolean answers = false;
        for (Generation choice : piece.getResults()) {
            answers |= isPiece(choice.getOutput());
            keep(choice);
        }
        if (answers) {
            inference.chunk();
        }
        keep(piece.getMetadata());
    }

    /** Providers send pieces without any content too: the first with the role alone, the last with the finish reason. */
    private boolean isPiece(AssistantMessage message) {
        String before = thoughts;
        thoughts = message.getMetadata().get("reasoningContent") instanceof String now ? now : "";
        boolean thinks = !thoughts.isEmpty() && !thoughts.equals(before);
        return thinks || !textOf(message).isEmpty() || message.hasToolCalls();
    }

    private void keep(Generation choice) {
        String reason = ChatConversion.finishReason(choice);
        if (reason != null) {
            finishReasons.add(reason);
        }
        if (wanted) {
            text.append(textOf(choice.getOutput()));
            toolCalls.addAll(ContentConversion.toolCalls(choice.getOutput()));
        }
    }

    private void keep(ChatResponseMetadata metadata) {
        id = id == null ? ChatConversion.textOrNull(metadata.getId()) : id;
        model = model == null ? ChatConversion.textOrNull(metadata.getModel()) : model;
        TokenUsage told = UsageReader.read(metadata.getUsage());
        if (!told.equals(TokenUsage.UNKNOWN)) {
            usage = told;
            // They stand if the stream fails or is cancelled.
            inference.usage(told);
        }
    }

    private static String textOf(AssistantMessage message) {
        String said = message.getText();
        return said == null ? "" : said;
    }

    InferenceResponse response() {
        return new InferenceResponse(id, model, finishReasons, usage);
    }

    Content content() {
        List<Part> parts = new ArrayList<>();
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text.toString()));
        }
        parts.addAll(toolCalls);
        String reason = finishReasons.isEmpty() ? null : finishReasons.get(0);
        return new Content(List.of(), List.of(), List.of(ContentConversion.answer(parts, reason)));
    }
}
