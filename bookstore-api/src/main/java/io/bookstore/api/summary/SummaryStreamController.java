package io.bookstore.api.summary;

import io.bookstore.api.problem.Problem;
import io.bookstore.api.problem.ProblemAnswers;
import io.bookstore.api.problem.ProblemResponses;
import io.bookstore.api.security.Role;
import io.bookstore.api.summary.SummaryService.Task;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.opentelemetry.context.Context;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.inject.Named;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * The summary as server-sent events: {@code token} for each piece of text, then {@code summary} with everything the
 * other route answers, or {@code error} with a problem document.
 *
 * <p>What is wrong with the request itself is answered before the stream begins, with its status. A client that goes
 * away ends the call to the provider, unless others wait for the same summary.
 */
@Tag(name = "Summaries")
@ProblemAnswers
@Secured(Role.READS)
@Controller("/api/v1/Books")
class SummaryStreamController {

    private final SummaryService summaries;
    private final ProblemResponses problems;
    private final ExecutorService executor;

    SummaryStreamController(
            SummaryService summaries,
            ProblemResponses problems,
            @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.summaries = summaries;
        this.problems = problems;
        this.executor = executor;
    }

    /** The same as server-sent events: tokens, then the summary, or an error. */
    @ProblemAnswers.OfResource
    @ProblemAnswers.OfProvider
    @Get(uri = "/{bookId}/generate-summary/stream", produces = MediaType.TEXT_EVENT_STREAM)
    @ExecuteOn(TaskExecutors.BLOCKING)
    Publisher<Event<?>> stream(
            HttpRequest<?> request,
            String bookId,
            @Nullable @QueryValue String provider,
            @Nullable @QueryValue String model,
            @Nullable @QueryValue String variant,
            @Parameter(
                            required = false,
                            schema =
                                    @Schema(
                                            allowableValues = {"true", "false"},
                                            defaultValue = "false"))
                    @QueryValue(defaultValue = "false")
                    String refresh,
            @Nullable @Header("X-Variant") String variantHeader,
            @Nullable @Header("X-Request-Id") String requestId) {
        Task task = summaries.prepare(SummaryRequest.of(
                bookId, provider, model, variant == null ? variantHeader : variant, refresh, requestId));
        Context context = Context.current();
        return Flux.create(sink -> executor.execute(context.wrap(() -> send(request, task, sink))));
    }

    private void send(HttpRequest<?> request, Task task, FluxSink<Event<?>> sink) {
        try (Presence client = Presence.of(request)) {
            Summary summary = summaries.complete(
                    task, client, text -> sink.next(Event.of(new Token(text)).name("token")));
            sink.next(Event.of(summary).name("summary"));
        } catch (RuntimeException e) {
            Problem problem = problems.problemOf(request, e);
            sink.next(Event.of(problem).name("error"));
        }
        sink.complete();
    }

    /** A piece of the text. */
    @Introspected
    record Token(String text) {}
}
