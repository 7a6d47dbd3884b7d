package io.bookstore.api.security;

import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.http.problem.ProblemType;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.util.StringUtils;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a page of another site makes a browser ask for: it cannot read the answer, but the request would write, or
 * spend the budget. Only where no key is asked for, since such a page has none.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(property = "micronaut.security.enabled", notEquals = StringUtils.TRUE)
final class CrossSiteFilter implements Ordered {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if ((!SAFE.contains(request.getMethod()) || costsMoney(request)) && comesFromAnotherSite(request)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A page of another site may not write here, nor ask for a summary");
        }
    }

    /** Asks the route that the request was given: its path may be spelt in several ways. */
    private static boolean costsMoney(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request)
                .filter(route -> route.getAnnotationMetadata().hasAnnotation(CostsMoney.class))
                .isPresent();
    }

    private static boolean comesFromAnotherSite(HttpRequest<?> request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("cross-site");
        }
        // A browser that is too old for that, or a page of a plain address.
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        String host = request.getHeaders().get(HttpHeaders.HOST);
        return origin != null && (hostOf(origin) == null || !Objects.equals(hostOf(origin), hostOf("http://" + host)));
    }

    /** Returns the host; null for {@code null}, which is the origin of a page without one. */
    private static @Nullable String hostOf(String origin) {
        try {
            return URI.create(origin).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
