package io.bookstore.api.telemetry;

import io.bookstore.api.http.problem.ProblemAnswers;
import io.bookstore.api.startup.ManagementPort;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The scrape: OpenMetrics, with exemplars, for a client that accepts it, else Prometheus text 0.0.4. */
@Tag(name = "State of the service")
@ProblemAnswers
@Secured(SecurityRule.IS_ANONYMOUS)
@Controller(value = "/metrics", port = ManagementPort.OF_ROUTES)
@ExecuteOn(TaskExecutors.BLOCKING)
class MetricsController {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    MetricsController(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /** The metrics, as Prometheus text or OpenMetrics. */
    @ApiResponse(
            responseCode = "200",
            description = "The metrics",
            content = {
                @Content(mediaType = "text/plain", schema = @Schema(type = "string")),
                @Content(mediaType = "application/openmetrics-text", schema = @Schema(type = "string"))
            })
    @Get(processes = "*/*")
    HttpResponse<byte[]> scrape(@Nullable @Header(HttpHeaders.ACCEPT) String accept) throws IOException {
        String contentType = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.scrape(out, contentType);
        return HttpResponse.ok(out.toByteArray()).header(HttpHeaders.CONTENT_TYPE, contentType);
    }
}
