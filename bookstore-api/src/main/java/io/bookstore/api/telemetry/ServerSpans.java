package io.bookstore.api.telemetry;

import io.bookstore.api.http.RequestNotes;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.async.propagation.ReactorPropagation;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.tracing.opentelemetry.OpenTelemetryPropagationContext;
import io.micronaut.tracing.opentelemetry.instrument.http.server.OpenTelemetryServerFilter;
import io.micronaut.tracing.opentelemetry.instrument.util.OpenTelemetryExclusionsConfiguration;
import io.micronaut.web.router.RouteAttributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import jakarta.inject.Named;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Writes the span of each request, in place of the framework's filter, whose span of a stream ends before its first byte: the
 * calls to the provider would outlast the request that they serve. Here it ends with the last byte, and the span of any other
 * answer once that is known, so that a client which has read it finds its span ended.
 */
// A filter of methods would not replace the framework's: only beans that are looked up together replace each other.
@Filter(Filter.MATCH_ALL_PATTERN)
@Replaces(OpenTelemetryServerFilter.class)
final class ServerSpans implements HttpServerFilter {

    private final Instrumenter<HttpRequest<?>, Object> instrumenter;
    private final Predicate<String> excluded;

    ServerSpans(
            @Named("micronautHttpServerTelemetryInstrumenter") Instrumenter<HttpRequest<?>, Object> instrumenter,
            @Nullable OpenTelemetryExclusionsConfiguration exclusions) {
        this.instrumenter = instrumenter;
        this.excluded = exclusions == null ? path -> false : exclusions.exclusionTest();
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.TRACING.order();
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        Context parent = Context.current();
        if (excluded.test(request.getPath()) || !instrumenter.shouldStart(parent, request)) {
            return chain.proceed(request);
        }
        Context context = instrumenter.start(parent, request);
        PropagatedContext propagated =
                PropagatedContext.getOrEmpty().plus(new OpenTelemetryPropagationContext(context));
        try (PropagatedContext.Scope ignored = propagated.propagate()) {
            return Mono.from(chain.proceed(request))
                    .doOnNext(response -> answered(context, request, response))
                    .doOnError(error -> end(context, request, null, error))
                    .contextWrite(reactor -> ReactorPropagation.addPropagatedContext(reactor, propagated));
        }
    }

    private void answered(Context context, HttpRequest<?> request, MutableHttpResponse<?> response) {
        Throwable error = RouteAttributes.getException(response).orElse(null);
        RequestNotes notes = RequestNotes.of(request).orElse(null);
        if (notes != null && response.body() instanceof Publisher) {
            notes.atEnd(() -> end(context, request, response, error));
        } else {
            end(context, request, response, error);
        }
    }

    private void end(
            Context context, HttpRequest<?> request, @Nullable HttpResponse<?> response, @Nullable Throwable error) {
        if (error != null) {
            Span.fromContext(context).setStatus(StatusCode.ERROR).recordException(error);
        }
        instrumenter.end(context, request, response, error);
    }
}
