package io.bookstore.perf.engine.container;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** This host, as a container calls it. */
final class HostAddress {

    static final String NAME = "host.docker.internal";

    private static final String BASE_URL = "BASE_URL";
    private static final Set<String> loopback = Set.of("localhost", "127.0.0.1", "[::1]");

    private HostAddress() {}

    /** The variables, with a {@code BASE_URL} on this host's loopback changed to what reaches it from a container. */
    static Map<String, String> seenFromContainer(Map<String, String> env) {
        String baseUrl = env.get(BASE_URL);
        if (baseUrl == null) {
            return env;
        }
        Map<String, String> changed = new TreeMap<>(env);
        changed.put(BASE_URL, seenFromContainer(URI.create(baseUrl)).toString());
        return changed;
    }

    private static URI seenFromContainer(URI uri) {
        if (uri.getHost() == null || !loopback.contains(uri.getHost())) {
            return uri;
        }
        try {
            return new URI(uri.getScheme(), null, NAME, uri.getPort(), uri.getPath(), uri.getQuery(), null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
