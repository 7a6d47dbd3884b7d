package io.bookstore.api.summary;

import io.bookstore.api.http.connection.ClientConnection;
import io.bookstore.api.http.problem.ProblemAnswers;
import io.bookstore.api.http.problem.ProblemResponses;
import io.bookstore.api.security.CostsMoney;
import io.bookstore.api.security.Role;
import io.bookstore.api.summary.StreamEvent.ErrorEvent;
import io.bookstore.api.summary.StreamEvent.SummaryEvent;
import io.bookstore.api.summary.StreamEvent.TokenEvent;
import io.bookstore.api.summary.SummaryService.Task;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.netty.channel.EventLoop;
import io.opentelemetry.context.Context;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.inject.Named;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Schedulers;

/**
 * The summary as server-sent events, see {@link StreamEvent}.
 *
 * <p>What is wrong with the request itself is answered before the stream begins, with its status. A client that goes
 * away ends the call to the provider, unless others wait for the same summary.
 */
@Tag(name = "Summaries")
@ProblemAnswers
@ProblemAnswers.OfJson
@ProblemAnswers.OfGuard
@ProblemAnswers.OfDatabase
@Secured(Role.READS)
@Controller("/api/v1/Books")
class SummaryStreamController {

    private final SummaryService summaries;
    private final SummariesInProgress inProgress;
    private final ProblemResponses problems;
    private final ExecutorService executor;

    SummaryStreamController(
            SummaryService summaries,
            SummariesInProgress inProgress,
            ProblemResponses problems,
            @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.summaries = summaries;
        this.inProgress = inProgress;
        this.problems = problems;
        this.executor = executor;
    }

    /** The same as server-sent events: tokens, then the summary, or an error. */
    @ProblemAnswers.OfResource
    @ApiResponse(
            responseCode = "200",
            description =
                    "Server-sent events. `event: token` has a piece of the text as `data: {\"text\": ...}`; the last"
                            + " event is `summary`, with the Summary as its data, or `error`, with the Problem",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(type = "string")))
    @CostsMoney
    @Get(uri = "/{bookId}/generate-summary/stream", produces = MediaType.TEXT_EVENT_STREAM)
    CompletableFuture<HttpResponse<Publisher<Event<?>>>> stream(
            HttpRequest<?> request, @RequestBean SummaryParameters asked) {
        // With @ExecuteOn the framework would hand over the events on that executor too, see onLoopOf.
        return CompletableFuture.supplyAsync(Context.current().wrapSupplier(() -> answer(request, asked)), executor);
    }

    private HttpResponse<Publisher<Event<?>>> answer(HttpRequest<?> request, SummaryParameters asked) {
        Task task = summaries.prepare(SummaryRequest.of(asked));
        Context context = Context.current();
        // Nothing begins before somebody reads it: the answer to HEAD is never read.
        Flux<Event<?>> events = Flux.<StreamEvent>create(
                        sink -> executor.execute(context.wrap(() -> send(request, task, sink))))
                .map(StreamEvent::sent);
        return HttpResponse.<Publisher<Event<?>>>ok(onLoopOf(request, events))
                .header(SummariesInProgress.HEADER, Integer.toString(inProgress.withOneMore()));
    }

    /**
     * Hands each event to the server on the thread of its connection. From another one it would wait there, and if the
     * client left before its turn, the server would log "onNext before request?" with a stack trace.
     */
    private static <T> Flux<T> onLoopOf(HttpRequest<?> request, Flux<T> events) {
        if (request instanceof NettyHttpRequest<?> netty) {
            EventLoop loop = netty.getChannelHandlerContext().channel().eventLoop();
            return events.publishOn(Schedulers.fromExecutor(task -> loop.execute(task)));
        }
        return events;
    }

    private void send(HttpRequest<?> request, Task task, FluxSink<StreamEvent> sink) {
        inProgress.begin();
        try (ClientConnection client = ClientConnection.of(request)) {
            Summary summary = summaries.complete(task, client, text -> sink.next(new TokenEvent(text)));
            sink.next(new SummaryEvent(summary));
        } catch (RuntimeException | Error e) {
            sink.next(new ErrorEvent(problems.problemOf(request, e)));
        } finally {
            inProgress.end();
            sink.complete();
        }
    }
}
