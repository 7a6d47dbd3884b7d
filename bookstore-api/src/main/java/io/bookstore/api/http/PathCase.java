package io.bookstore.api.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.core.util.SupplierUtil;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.Router;
import jakarta.inject.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request whose path differs from that of a route by its case alone to the right path, with 308, which keeps method
 * and body: the clients of the reference application write {@code /api/v1/books}.
 *
 * <p>The target is a path of this service and never another host, since each route begins with a word of its own.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class PathCase implements Ordered {

    private final Supplier<List<Template>> templates;

    PathCase(Provider<Router> router) {
        this.templates = SupplierUtil.memoized(() -> router.get()
                .uriRoutes()
                .map(route -> route.getUriMatchTemplate().toPathString())
                .distinct()
                .map(Template::of)
                .sorted(Comparator.comparing(Template::variables))
                .toList());
    }

    /** After all that may refuse a request. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.LAST.order();
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> redirect(HttpRequest<?> request) {
        if (RouteAttributes.getRouteMatch(request).isPresent()) {
            return null;
        }
        String path = request.getUri().getRawPath();
        String query = request.getUri().getRawQuery();
        String target = path == null ? null : inItsOwnCase(path);
        return target == null
                ? null
                : HttpResponse.status(HttpStatus.PERMANENT_REDIRECT)
                        .header(HttpHeaders.LOCATION, query == null ? target : target + "?" + query);
    }

    /** Returns the path as its route spells it; null if no route has it, or if it is spelt so already. */
    private @Nullable String inItsOwnCase(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<String> segments = List.of(plain.split("/", -1));
        String target = templates.get().stream()
                .map(template -> template.filledFrom(segments))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return plain.equals(target) ? null : target;
    }

    /** The path of a route, in pieces; those in braces stand for anything. */
    private record Template(List<String> segments) {

        static Template of(String path) {
            return new Template(List.of(path.split("/", -1)));
        }

        long variables() {
            return segments.stream().filter(Template::isVariable).count();
        }

        /** Returns the path in the spelling of this route; null if the path is not one of its own. */
        @Nullable
        String filledFrom(List<String> path) {
            if (path.size() != segments.size()) {
                return null;
            }
            StringBuilder filled = new StringBuilder();
            for (int i = 0; i < path.size(); i++) {
                boolean variable = isVariable(segments.get(i));
                if (variable ? path.get(i).isEmpty() : !segments.get(i).equalsIgnoreCase(path.get(i))) {
                    return null;
                }
                filled.append(i == 0 ? "" : "/").append(variable ? path.get(i) : segments.get(i));
            }
            return filled.toString();
        }

        private static boolean isVariable(String segment) {
            return segment.startsWith("{");
        }
    }
}
