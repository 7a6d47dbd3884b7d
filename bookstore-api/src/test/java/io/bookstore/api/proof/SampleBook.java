package io.bookstore.api.proof;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A book of the samples of each service, looked up once: no row deletes those. */
final class SampleBook {

    private static final Map<PackagedService, String> PATHS = new ConcurrentHashMap<>();

    private SampleBook() {}

    static String of(PackagedService service) {
        String known = PATHS.get(service);
        if (known != null) {
            return known;
        }
        Answer list = service.get("/api/v1/Books?pageSize=1");
        String path = "/api/v1/Books/" + list.json().at("/books/0/id").asText();
        // A service without its database is asked again.
        if (list.status() == 200) {
            PATHS.put(service, path);
        }
        return path;
    }
}
