package io.bookstore.perf.describe;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The path that a service answers with 200 when it is ready. */
final class HealthPath {

    private static final List<String> NAMES = List.of(
            "readiness",
            "ready",
            "readyz",
            "health",
            "healthz",
            "healthcheck",
            "liveness",
            "live",
            "livez",
            "ping",
            "status");

    private HealthPath() {}

    /** The operation that is named so, or else the document itself if the service serves it. */
    static Optional<String> of(OpenApiDocument document, String baseUrl) {
        return document.operations().stream()
                .filter(each -> each.method().equals("GET") && NAMES.contains(lastName(each.path())))
                .min(Comparator.comparingInt(each -> NAMES.indexOf(lastName(each.path()))))
                .map(ApiOperation::path)
                .or(() -> ofDocument(document.address(), baseUrl));
    }

    private static Optional<String> ofDocument(@Nullable URI address, String baseUrl) {
        return address != null && address.toString().startsWith(baseUrl + "/")
                ? Optional.of(address.toString().substring(baseUrl.length()))
                : Optional.empty();
    }

    private static String lastName(String path) {
        return Names.plain(path.substring(path.lastIndexOf('/') + 1));
    }
}
