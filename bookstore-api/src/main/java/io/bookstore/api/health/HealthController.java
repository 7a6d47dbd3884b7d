package io.bookstore.api.health;

import io.bookstore.api.health.Health.Status;
import io.bookstore.api.http.problem.ProblemAnswers;
import io.bookstore.api.standin.StandIns;
import io.bookstore.api.startup.ManagementPort;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of the service.
 *
 * <p>MongoDB alone decides whether it is UP: without it no route works, and without anything else every book route does.
 */
@Tag(name = "State of the service")
@ProblemAnswers
@ProblemAnswers.OfJson
@Secured(SecurityRule.IS_ANONYMOUS)
@Controller(value = "/health", port = ManagementPort.OF_ROUTES)
class HealthController {

    private final MongoPing mongo;
    private final StandIns standIns;
    private final List<HealthDetail> details;

    HealthController(MongoPing mongo, StandIns standIns, List<HealthDetail> details) {
        this.mongo = mongo;
        this.standIns = standIns;
        this.details = details;
    }

    /** Returns the state of every part, for people and for the runner of load tests. */
    @ApiResponse(
            responseCode = "200",
            description = "MongoDB answers",
            content = @Content(schema = @Schema(implementation = Health.class)))
    @ApiResponse(
            responseCode = "503",
            description = "MongoDB does not answer",
            content = @Content(schema = @Schema(implementation = Health.class)))
    @Get
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<Health> health() {
        Status status = status();
        Map<String, Map<String, Object>> parts = new LinkedHashMap<>();
        parts.put("mongo", mongoDetail(status));
        for (HealthDetail detail : details) {
            parts.put(detail.part(), detail.describe());
        }
        return answer(new Health(status, parts));
    }

    /** Answers 200 while the process runs, even without MongoDB. */
    @ApiResponse(
            responseCode = "200",
            description = "The process answers",
            content = @Content(schema = @Schema(implementation = Health.class)))
    @Get("/liveness")
    Health liveness() {
        return new Health(Status.UP, Map.of());
    }

    /** Answers 200 if the service can take requests, and 503 if MongoDB does not answer. */
    @ApiResponse(
            responseCode = "200",
            description = "MongoDB answers",
            content = @Content(schema = @Schema(implementation = Health.class)))
    @ApiResponse(
            responseCode = "503",
            description = "MongoDB does not answer",
            content = @Content(schema = @Schema(implementation = Health.class)))
    @Get("/readiness")
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<Health> readiness() {
        return answer(new Health(status(), Map.of()));
    }

    private Status status() {
        return mongo.answers() ? Status.UP : Status.DOWN;
    }

    private Map<String, Object> mongoDetail(Status status) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("status", status);
        detail.put("kind", standIns.mongoEmbedded() ? "embedded" : "external");
        if (standIns.mongoStorage() != null) {
            detail.put("storage", standIns.mongoStorage());
        }
        return detail;
    }

    private static HttpResponse<Health> answer(Health health) {
        return HttpResponse.<Health>status(
                        health.status() == Status.UP ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(health);
    }
}
