package io.bookstore.bench.bare;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.concurrent.CompletableFuture;

/** A call of LangChain4j with its own HTTP client, for tokens as they come, as the service asks; nothing around it. */
@Controller("/api/v1/Books")
@Requires(property = BareService.PROPERTY)
@ExecuteOn(TaskExecutors.BLOCKING)
class BareSummaryController {

    private static final String INSTRUCTIONS = """
            You write for a book shop. The user message describes a book.
            Write a summary of two or three sentences that says what the book is about and why it is worth reading.
            Use only the given facts and what is generally known of the book. Answer with plain text.""";

    private final BareBookRepository repository;
    private final StreamingChatModel model = AnthropicStreamingChatModel.builder()
            .baseUrl(System.getenv("ANTHROPIC_BASE_URL"))
            .apiKey("none")
            .modelName("claude-sonnet-4-5")
            .build();

    BareSummaryController(BareBookRepository repository) {
        this.repository = repository;
    }

    @Post("/{id}/generate-summary")
    BareSummary summarize(String id) {
        BareBook book = repository.findById(id).orElseThrow();
        ChatRequest request = ChatRequest.builder()
                .messages(
                        SystemMessage.from(INSTRUCTIONS),
                        UserMessage.from(book.title() + " by " + book.author() + ". " + book.description()))
                .temperature(0.7)
                .maxOutputTokens(500)
                .build();
        Answer answer = new Answer();
        model.chat(request, answer);
        ChatResponse whole = answer.whole.join();
        return new BareSummary(
                id,
                book.title(),
                book.author(),
                whole.aiMessage().text(),
                whole.modelName(),
                whole.tokenUsage().inputTokenCount(),
                whole.tokenUsage().outputTokenCount());
    }

    @Introspected
    record BareSummary(
            String bookId,
            String title,
            String author,
            String aiGeneratedSummary,
            String model,
            int inputTokens,
            int outputTokens) {}

    private static final class Answer implements StreamingChatResponseHandler {

        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            // The whole comes at the end.
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
    }
}
