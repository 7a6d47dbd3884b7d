package io.bookstore.api.telemetry;

import io.bookstore.api.http.problem.ProblemResponses;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.context.event.HttpRequestReceivedEvent;
import io.micronaut.http.context.event.HttpRequestTerminatedEvent;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.runtime.event.annotation.EventListener;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Records {@code http_server_request_duration_seconds}, once per request, when its last byte has been written.
 *
 * <p>The clock starts when the request head has been read and stops when the response is complete, so a streamed answer
 * counts with all of its stream, and errors the server itself answers count as well.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class HttpServerMetrics implements Ordered {

    /** The label of what is not there; every series of a metric needs the same labels. */
    static final String NONE = "none";

    private static final String START_ATTRIBUTE = "bookstore.http-start";
    private static final String STATUS_ATTRIBUTE = "bookstore.http-status";
    private static final String CONTEXT_ATTRIBUTE = "bookstore.http-context";

    // The OpenTelemetry advice ends at 10 s. The limits of an LLM endpoint lie beyond: 12 s, and 15 s to give up.
    private static final Duration[] BUCKETS = seconds(
            0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2, 2.5, 4, 5, 6, 7.5, 8, 10, 12, 15, 20, 30, 60);

    private final MeterRegistry registry;

    HttpServerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Outermost, so that it sees the status the client gets. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @EventListener
    void onReceived(HttpRequestReceivedEvent event) {
        event.getSource().setAttribute(START_ATTRIBUTE, System.nanoTime());
    }

    @ResponseFilter
    void onResponse(HttpRequest<?> request, HttpResponse<?> response) {
        if (!isGone(request)) {
            request.setAttribute(STATUS_ATTRIBUTE, response.code());
        }
        request.setAttribute(CONTEXT_ATTRIBUTE, Context.current());
    }

    /** Returns whether the connection is closed, by either side, so that no answer reaches the client. */
    private static boolean isGone(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                && !netty.getChannelHandlerContext().channel().isActive();
    }

    @EventListener
    void onTerminated(HttpRequestTerminatedEvent event) {
        HttpRequest<?> request = event.getSource();
        request.removeAttribute(START_ATTRIBUTE, Long.class).ifPresent(start -> {
            // An exemplar is the trace that is current at the moment of recording.
            Context context =
                    request.getAttribute(CONTEXT_ATTRIBUTE, Context.class).orElseGet(Context::root);
            try (Scope ignored = context.makeCurrent()) {
                record(request, System.nanoTime() - start);
            }
        });
    }

    private void record(HttpRequest<?> request, long nanos) {
        int status = request.getAttribute(STATUS_ATTRIBUTE, Integer.class).orElse(0);
        Timer.builder("http.server.request.duration")
                .description("Duration of HTTP requests, from the request head to the last byte of the answer")
                .serviceLevelObjectives(BUCKETS)
                .tag("http.request.method", method(request))
                .tag("http.route", BasicHttpAttributes.getUriTemplate(request).orElse(NONE))
                .tag("http.response.status.code", status == 0 ? NONE : Integer.toString(status))
                .tag("error.type", errorType(request, status))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A client may invent methods; a label may not. */
    private static String method(HttpRequest<?> request) {
        String method = request.getMethod().name();
        return method.equals("CUSTOM") ? "_OTHER" : method;
    }

    private static String errorType(HttpRequest<?> request, int status) {
        return request.getAttribute(ProblemResponses.ERROR_TYPE_ATTRIBUTE, String.class)
                .orElse(status >= 500 ? "server_error" : status == 0 ? "cancelled" : NONE);
    }

    private static Duration[] seconds(double... values) {
        Duration[] buckets = new Duration[values.length];
        for (int i = 0; i < values.length; i++) {
            buckets[i] = Duration.ofNanos(Math.round(values[i] * 1e9));
        }
        return buckets;
    }
}
