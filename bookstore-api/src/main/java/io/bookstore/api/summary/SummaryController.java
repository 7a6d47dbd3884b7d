package io.bookstore.api.summary;

import io.bookstore.api.http.connection.ClientConnection;
import io.bookstore.api.http.problem.ProblemAnswers;
import io.bookstore.api.security.Role;
import io.bookstore.api.summary.SummaryService.Task;
import io.micronaut.context.annotation.Context;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;

/** The route that asks a model for the summary of a book. */
@Tag(name = "Summaries")
@ProblemAnswers
@ProblemAnswers.OfJson
@ProblemAnswers.OfGuard
@ProblemAnswers.OfDatabase
@Secured(Role.READS)
@Controller("/api/v1/Books")
// Made at start with all it needs, so that a bad setting stops the service and not its first client.
@Context
@ExecuteOn(TaskExecutors.BLOCKING)
class SummaryController {

    private final SummaryService summaries;
    private final SummariesInProgress inProgress;

    SummaryController(SummaryService summaries, SummariesInProgress inProgress) {
        this.summaries = summaries;
        this.inProgress = inProgress;
    }

    /** The summary of a book, by a language model or from the cache. */
    @ProblemAnswers.OfResource
    @ProblemAnswers.OfProvider
    @ApiResponse(
            responseCode = "200",
            description = "The summary",
            content = @Content(schema = @Schema(implementation = Summary.class)))
    @Post(uri = "/{bookId}/generate-summary", consumes = MediaType.ALL)
    HttpResponse<Summary> generate(HttpRequest<?> request, @RequestBean SummaryParameters asked) {
        long start = System.nanoTime();
        int activeNow = inProgress.begin();
        try (ClientConnection client = ClientConnection.of(request)) {
            Task task = summaries.prepare(SummaryRequest.of(asked));
            Summary summary = summaries.complete(task, client, null);
            return HttpResponse.ok(summary)
                    .header("Server-Timing", serverTiming(summary, System.nanoTime() - start))
                    .header(SummariesInProgress.HEADER, Integer.toString(activeNow));
        } finally {
            inProgress.end();
        }
    }

    private static String serverTiming(Summary summary, long nanos) {
        StringBuilder header = new StringBuilder("cache;desc=" + summary.cache().wireName());
        appendMetric(header, "total", nanos / 1e6);
        if (summary.providerMs() != null) {
            appendMetric(header, "provider", summary.providerMs());
        }
        if (summary.timeToFirstTokenMs() != null) {
            appendMetric(header, "ttft", summary.timeToFirstTokenMs());
        }
        return header.toString();
    }

    private static void appendMetric(StringBuilder header, String name, double milliseconds) {
        header.append(String.format(Locale.ROOT, ", %s;dur=%.1f", name, milliseconds));
    }
}
