package io.bookstore.console.service;

import io.bookstore.console.local.LocalClient;
import io.bookstore.console.local.LongAnswerException;
import io.bookstore.perf.promql.MetricsText;
import io.bookstore.perf.promql.MetricsText.Series;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Asks one service for its health and its metrics, by the paths under which frameworks have them. Not thread-safe. */
final class ServiceClient {

    /** More than a page of 20,000 series. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    /** More than the kit's own service has under any load; each takes some 200 bytes here. */
    static final int MOST_SERIES = 20_000;

    private final URI service;
    private final LocalClient http;
    private final Duration patience;

    // The one that has answered comes first.
    private final List<String> healthPaths = new ArrayList<>(List.of("/health", "/actuator/health", "/q/health"));
    private final List<String> metricsPaths =
            new ArrayList<>(List.of("/metrics", "/actuator/prometheus", "/q/metrics", "/prometheus"));

    /** @param patience time for one answer */
    ServiceClient(URI service, Duration patience) {
        this.service = service;
        this.http = new LocalClient(MOST_BYTES, patience);
        this.patience = patience;
    }

    ServiceHealth health() {
        try {
            return first(healthPaths, Set.of(200, 503), ServiceHealth::read, "no health that can be read");
        } catch (UnreadableServiceException e) {
            return ServiceHealth.unknown(e);
        }
    }

    /** Reads the series that have one of these names. */
    List<Series> metrics(Set<String> names) throws UnreadableServiceException {
        List<Series> series =
                first(metricsPaths, Set.of(200), page -> series(page.body(), names), "no series that is shown here");
        if (series.size() > MOST_SERIES) {
            throw new UnreadableServiceException(
                    ServiceStatus.UNKNOWN,
                    service + metricsPaths.get(0) + " has more than " + MOST_SERIES
                            + " of the series that are shown here: too many to follow.");
        }
        return series;
    }

    private static Optional<List<Series>> series(byte[] page, Set<String> names) {
        List<Series> series = MetricsText.series(new String(page, StandardCharsets.UTF_8), names::contains)
                .limit(MOST_SERIES + 1L)
                .toList();
        return series.isEmpty() ? Optional.empty() : Optional.of(series);
    }

    /** @param lacking what is missed in an answer of such a status that cannot be read */
    private <T> T first(
            List<String> paths,
            Set<Integer> statuses,
            Function<HttpResponse<byte[]>, Optional<T>> reading,
            String lacking)
            throws UnreadableServiceException {
        String fault = null;
        for (String path : List.copyOf(paths)) {
            HttpResponse<byte[]> answer = ask(path);
            int status = answer.statusCode();
            Optional<T> read = statuses.contains(status) ? reading.apply(answer) : Optional.empty();
            if (read.isPresent()) {
                paths.remove(path);
                paths.add(0, path);
                return read.get();
            }
            if (fault == null && status != 404) {
                fault = service + path + " answers " + status
                        + (statuses.contains(status) ? " with " + lacking + "." : ".");
            }
        }
        throw new UnreadableServiceException(ServiceStatus.UNKNOWN, fault == null ? none(paths) : fault);
    }

    private String none(List<String> paths) {
        return service + " has none of " + String.join(", ", paths) + ".";
    }

    private HttpResponse<byte[]> ask(String path) throws UnreadableServiceException {
        try {
            return http.send(HttpRequest.newBuilder(service.resolve(path)).build());
        } catch (LongAnswerException e) {
            throw new UnreadableServiceException(
                    ServiceStatus.UNKNOWN, service + path + " answers with " + e.getMessage() + ".");
        } catch (HttpTimeoutException e) {
            throw new UnreadableServiceException(
                    ServiceStatus.UNKNOWN, service + path + " has not answered within " + patience.toMillis() + " ms.");
        } catch (IOException e) {
            throw new UnreadableServiceException(
                    ServiceStatus.SILENT,
                    "The service at " + service + " does not answer: start it, or name another with --service.");
        }
    }
}
