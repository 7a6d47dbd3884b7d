package io.bookstore.api.http.limit;

import io.github.bucket4j.ConsumptionProbe;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/** Tells a client its limit and what it has left, in a refusal too. */
@Requires(beans = ClientShare.class)
@ServerFilter({"/api/**", "/seed-data"})
final class ClientLimitHeaders implements Ordered {

    private final ClientLimits limits;

    ClientLimitHeaders(ClientLimits limits) {
        this.limits = limits;
    }

    /** Around all that refuses a request; a filter further in would not see it. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.after();
    }

    @ResponseFilter
    void addHeaders(HttpRequest<?> request, MutableHttpResponse<?> response) {
        request.getAttribute(ClientShare.PROBE, ConsumptionProbe.class)
                .ifPresent(probe -> response.header("RateLimit-Policy", limits.policy())
                        .header("RateLimit", ClientLimits.left(probe)));
    }
}
