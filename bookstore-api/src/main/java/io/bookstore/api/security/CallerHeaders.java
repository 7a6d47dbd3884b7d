package io.bookstore.api.security;

import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.llm.operation.CallContext;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.tracing.opentelemetry.OpenTelemetryPropagationContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Puts the caller that a gateway names onto spans: {@code X-Tenant-Name} and {@code X-User-Id} go onto the span of the
 * request, the user onto the spans of its LLM calls too. They give no rights, and no metric has them.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CallerHeaders implements Ordered {

    static final String TENANT = "X-Tenant-Name";
    static final String USER = "X-User-Id";

    private static final int MAX_LENGTH = 100;

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    @RequestFilter
    void note(HttpRequest<?> request, MutablePropagatedContext context) {
        String tenant = value(request, TENANT);
        if (tenant != null) {
            Span.current().setAttribute("tenant.name", tenant);
        }
        String user = value(request, USER);
        if (user != null) {
            Span.current().setAttribute("user.id", user);
            context.add(new OpenTelemetryPropagationContext(Context.current().with(CallContext.ofUser(user))));
        }
    }

    private static @Nullable String value(HttpRequest<?> request, String header) {
        String value = request.getHeaders().get(header);
        if (value == null) {
            return null;
        }
        boolean printable = value.chars().allMatch(character -> character >= ' ' && character <= '~');
        if (value.isBlank() || value.length() > MAX_LENGTH || !printable) {
            throw ProblemException.invalidParameter(
                    header, "must have 1 to " + MAX_LENGTH + " printable ASCII characters");
        }
        return value;
    }
}
