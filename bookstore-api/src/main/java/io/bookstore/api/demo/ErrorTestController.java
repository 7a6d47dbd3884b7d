package io.bookstore.api.demo;

import io.bookstore.api.http.problem.Problem;
import io.bookstore.api.http.problem.ProblemAnswers;
import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.http.problem.ProblemResponses;
import io.bookstore.api.security.Role;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Answers with the error it is asked for. Off unless {@code bookstore.error-test.enabled} says otherwise. */
@Tag(name = "Errors on demand")
@ProblemAnswers
@ProblemAnswers.OfJson
@ProblemAnswers.OfGuard
@Secured(Role.MANAGES)
@Controller("/api/v1/ErrorTest")
@Requires(property = "bookstore.error-test.enabled", value = StringUtils.TRUE)
@ExecuteOn(TaskExecutors.BLOCKING)
class ErrorTestController {

    private static final List<Integer> CODES =
            List.of(400, 401, 403, 404, 405, 409, 410, 415, 422, 429, 500, 502, 503, 504);
    // The generator of the description gives every operation a 200.
    private static final String NEVER = "Never";

    private static final int MAX_DELAY_MS = 60_000;

    private final ProblemResponses responses;

    ErrorTestController(ProblemResponses responses) {
        this.responses = responses;
    }

    /**
     * Answers with an error.
     *
     * @param code one of the fourteen codes, or {@code random}
     * @param delayMs the time before the answer, 0 to 60,000
     */
    @ProblemAnswers.OfResource
    @ApiResponse(responseCode = "200", description = NEVER)
    @ApiResponse(
            responseCode = "4XX",
            description = "The error that was asked for",
            content =
                    @Content(mediaType = ProblemResponses.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "5XX",
            description = "The error that was asked for",
            content =
                    @Content(mediaType = ProblemResponses.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Get("/{code}")
    HttpResponse<?> error(HttpRequest<?> request, String code, @DelayMs int delayMs) throws InterruptedException {
        int status = status(code);
        delay(delayMs);
        MutableHttpResponse<?> response = HttpResponse.status(HttpStatus.valueOf(status));
        addProtocolHeaders(status, response);
        return responses.processResponse(ErrorContext.builder(request).build(), response);
    }

    /**
     * Resets the connection in place of an answer.
     *
     * @param delayMs the time before the reset, 0 to 60,000
     */
    @ProblemAnswers.OfResource
    @ApiResponse(responseCode = "200", description = NEVER)
    @Get("/abort")
    HttpResponse<?> abort(HttpRequest<?> request, @DelayMs int delayMs) throws InterruptedException {
        delay(delayMs);
        Channel channel =
                ((NettyHttpRequest<?>) request).getChannelHandlerContext().channel();
        // Without lingering the operating system sends a reset and not an orderly end.
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close().syncUninterruptibly();
        // Nobody is there to get it.
        return HttpResponse.noContent();
    }

    private static void delay(int delayMs) throws InterruptedException {
        if (delayMs < 0 || delayMs > MAX_DELAY_MS) {
            throw ProblemException.invalidParameter("delayMs", "must be 0 to " + MAX_DELAY_MS + ", was " + delayMs);
        }
        TimeUnit.MILLISECONDS.sleep(delayMs);
    }

    private static int status(String code) {
        if (code.equals("random")) {
            return CODES.get(ThreadLocalRandom.current().nextInt(CODES.size()));
        }
        return CODES.stream()
                .filter(known -> known.toString().equals(code))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("error", code));
    }

    /** Adds the headers that the HTTP standard asks of an answer with that status. */
    private static void addProtocolHeaders(int status, MutableHttpResponse<?> response) {
        switch (status) {
            case 401 -> response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"bookstore\"");
            case 405 -> response.header(HttpHeaders.ALLOW, "GET");
            case 429, 503 -> response.header(HttpHeaders.RETRY_AFTER, "1");
            default -> {
                // The others ask for nothing.
            }
        }
    }

    /** The time before the answer, in milliseconds. The query has it. */
    @Parameter(required = false, schema = @Schema(minimum = "0", maximum = "" + MAX_DELAY_MS, defaultValue = "0"))
    @QueryValue(defaultValue = "0")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface DelayMs {}
}
