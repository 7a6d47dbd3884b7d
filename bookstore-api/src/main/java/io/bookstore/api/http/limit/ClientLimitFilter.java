package io.bookstore.api.http.limit;

import io.bookstore.api.http.problem.ProblemException;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Optional;

/** Refuses what a client asks beyond its limit. Health and metrics are not counted. */
@Requires(beans = ClientShare.class)
@ServerFilter({"/api/**", "/seed-data"})
final class ClientLimitFilter implements Ordered {

    private final ClientShare share;

    ClientLimitFilter(ClientShare share) {
        this.share = share;
    }

    /** Runs once the client is known. A request that is refused before is counted by the refusal itself. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    @RequestFilter
    void refuseBeyondLimit(HttpRequest<?> request) {
        Optional<ProblemException> refusal = share.refusal(request);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }
}
