package io.bookstore.api.telemetry;

import io.bookstore.api.http.RequestNotes;
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
        RequestNotes.attachTo(event.getSource());
    }

    @ResponseFilter
    void onResponse(HttpRequest<?> request, HttpResponse<?> response) {
        RequestNotes.of(request).ifPresent(notes -> {
            if (!isGone(request)) {
                notes.status(response.code());
            }
            notes.context(Context.current());
        });
    }

    /** Returns whether the connection is closed, by either side, so that no answer reaches the client. */
    private static boolean isGone(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                && !netty.getChannelHandlerContext().channel().isActive();
    }

    @EventListener
    void onTerminated(HttpRequestTerminatedEvent event) {
        HttpRequest<?> request = event.getSource();
        RequestNotes.takeFrom(request).ifPresent(notes -> {
            // An exemplar is the trace that is current at the moment of recording.
            try (Scope ignored = notes.context().makeCurrent()) {
                record(request, notes);
            }
            notes.end();
        });
    }

    private void record(HttpRequest<?> request, RequestNotes notes) {
        int status = notes.status();
        Timer.builder("http.server.request.duration")
                .description("Duration of HTTP requests, from the request head to the last byte of the answer")
                .serviceLevelObjectives(BUCKETS)
                .tag("http.request.method", method(request))
                .tag("http.route", BasicHttpAttributes.getUriTemplate(request).orElse(NONE))
                .tag("http.response.status.code", status == 0 ? NONE : Integer.toString(status))
                .tag("error.type", errorType(notes, status))
                .register(registry)
                .record(System.nanoTime() - notes.receivedNanos(), TimeUnit.NANOSECONDS);
    }

    /** A client may invent methods; a label may not. */
    private static String method(HttpRequest<?> request) {
        String method = request.getMethod().name();
        return method.equals("CUSTOM") ? "_OTHER" : method;
    }

    private static String errorType(RequestNotes notes, int status) {
        String noted = notes.errorType();
        if (noted != null) {
            return noted;
        }
        return status >= 500 ? "server_error" : status == 0 ? "cancelled" : NONE;
    }

    private static Duration[] seconds(double... values) {
        Duration[] buckets = new Duration[values.length];
        for (int i = 0; i < values.length; i++) {
            buckets[i] = Duration.ofNanos(Math.round(values[i] * 1e9));
        }
        return buckets;
    }
}
