package io.bookstore.perf.adapt;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A service as Prometheus sees it.
 *
 * @param name        its name in the descriptor
 * @param label       label by which its series are told from those of others
 * @param value       value of that label
 * @param address     address of the service itself
 * @param port        port that is scraped; -1 for the default one of the scheme
 * @param path        path that is scraped
 * @param healthPath  path that answers 200 when it is ready
 * @param routes      pattern of the routes that ask the model
 * @param dialect     names of the metrics of its HTTP server
 * @param emits       sources of metrics that it has
 * @param rename      its names of metrics, without suffix, and of labels, by the kit's
 */
record ObservedService(
        String name,
        String label,
        String value,
        URI address,
        int port,
        String path,
        String healthPath,
        String routes,
        Dialect dialect,
        Set<String> emits,
        Map<String, String> rename) {

    // Grafana allows 40 characters, of which "-perf" takes five; Kubernetes allows more.
    private static final int MAX_ID = 35;

    ObservedService {
        emits = Set.copyOf(emits);
        rename = Map.copyOf(rename);
    }

    /** The name as files, objects of Kubernetes and identifiers of Grafana may have it. */
    String id() {
        String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return id.length() <= MAX_ID ? id : id.substring(0, MAX_ID);
    }

    /** Host and port to scrape. */
    String target() {
        return port < 0 ? address.getHost() : address.getHost() + ":" + port;
    }

    /** The page that is scraped. */
    URI page() {
        return URI.create(address.getScheme() + "://" + target() + path);
    }
}
