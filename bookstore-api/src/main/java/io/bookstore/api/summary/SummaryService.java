package io.bookstore.api.summary;

import io.bookstore.api.book.Book;
import io.bookstore.api.book.Books;
import io.bookstore.api.http.connection.ClientConnection;
import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.llm.LlmGateway;
import io.bookstore.api.llm.LlmProviders;
import io.bookstore.api.llm.call.Deadline;
import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.llm.call.LlmConfig;
import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.api.summary.cache.SummaryCache;
import io.bookstore.api.summary.cache.SummaryCache.Found;
import io.bookstore.api.summary.cache.SummaryKey;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the summary of a book, or finds it. */
@Singleton
final class SummaryService {

    private final Books books;
    private final Variants variants;
    private final LlmProviders providers;
    private final LlmGateway gateway;
    private final SummaryCache cache;
    private final FailureMetrics failures;
    private final Duration timeout;

    SummaryService(
            Books books,
            Variants variants,
            LlmProviders providers,
            LlmGateway gateway,
            SummaryCache cache,
            FailureMetrics failures,
            LlmConfig config) {
        this.books = books;
        this.variants = variants;
        this.providers = providers;
        this.gateway = gateway;
        this.cache = cache;
        this.failures = failures;
        this.timeout = config.deadline();
    }

    /**
     * Finds out what is to be done, without doing it.
     *
     * @throws ProblemException if there is no such book, provider or variant
     */
    Task prepare(SummaryRequest request) {
        Deadline deadline = Deadline.in(timeout);
        Book book = books.get(request.bookId());
        Variant variant = variants.choose(request.variant(), request.bookId());
        return new Task(book, variant, call(request, variant, book, deadline), request.refresh());
    }

    /**
     * Makes the summary, or finds it.
     *
     * @param client the call ends when it has gone, unless others want the same summary
     * @param watcher called with the pieces of the text as they arrive, clean as the whole is; null if nobody watches
     * @throws ProblemException if it cannot be had
     */
    Summary complete(Task task, ClientConnection client, @Nullable Consumer<String> watcher) {
        LlmRequest call = task.call();
        Found found = find(task, client, () -> generate(call, watcher));
        Summary summary = summary(task.book(), task.variant(), found);
        if (watcher != null && !summary.cache().asked()) {
            watcher.accept(summary.aiGeneratedSummary());
        }
        return summary;
    }

    private Found find(Task task, ClientConnection client, Supplier<LlmAnswer> source) {
        LlmRequest call = task.call();
        try {
            String key = SummaryKey.of(call, providers.origin(call.provider()));
            return cache.get(key, task.refresh(), call.deadline(), client, source);
        } catch (LlmException e) {
            failures.record(call, e);
            throw e;
        }
    }

    /** A summary to be made. */
    record Task(Book book, Variant variant, LlmRequest call, boolean refresh) {}

    private LlmRequest call(SummaryRequest request, Variant variant, Book book, Deadline deadline) {
        String asked = request.provider() == null ? variant.provider() : request.provider();
        String provider = providers.usable(asked);
        // A variant's model belongs to the variant's provider; another provider does not know it.
        boolean ownModel = !variant.model().isEmpty() && provider.equals(variant.provider());
        return new LlmRequest(
                provider,
                request.model() == null && ownModel ? variant.model() : providers.model(provider, request.model()),
                asked != null || request.model() != null,
                variant.prompt().instructions(),
                variant.prompt().input(book),
                variant.parameters(),
                request.requestKey(),
                variant.experimental(),
                variant.prompt().version(),
                deadline);
    }

    private LlmAnswer generate(LlmRequest call, @Nullable Consumer<String> watcher) {
        SafeStream pieces = watcher == null ? null : new SafeStream(watcher);
        LlmAnswer answer = gateway.generate(call, pieces);
        String text = SafeText.of(answer.text());
        if (text.isEmpty()) {
            throw LlmException.unusableAnswer();
        }
        if (pieces != null) {
            pieces.finish(text);
        }
        return answer.withText(text);
    }

    private static Summary summary(Book book, Variant variant, Found found) {
        LlmAnswer answer = found.answer();
        boolean asked = found.result().asked();
        return new Summary(
                String.valueOf(book.id()),
                book.title(),
                book.author(),
                answer.answeredBy().provider(),
                answer.text(),
                answer.answeredBy().model(),
                variant.prompt().version(),
                variant.experimental(),
                asked ? answer.inputTokens() : null,
                asked ? answer.outputTokens() : null,
                asked ? answer.costUsd() : BigDecimal.ZERO,
                asked ? milliseconds(answer.timeToFirstToken()) : null,
                asked ? milliseconds(answer.providerTime()) : null,
                answer.finishReason(),
                asked ? answer.attempts() : 0,
                found.result(),
                answer.answeredBy().simulated());
    }

    private static @Nullable Double milliseconds(@Nullable Duration duration) {
        return duration == null ? null : Math.round(duration.toNanos() / 1e4) / 1e2;
    }
}
