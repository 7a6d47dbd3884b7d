package io.bookstore.perf.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The runner's own few requests to a service; load never passes here. */
public final class ServiceClient {

    private static final Duration timeout = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(timeout).build();
    private final ObjectMapper json = new ObjectMapper();

    public ServiceClient() {}

    /** Answer of a GET, whatever its status, or empty if nothing answers. */
    public Optional<HttpResponse<String>> get(URI uri) throws InterruptedException {
        return send(HttpRequest.newBuilder(uri).GET());
    }

    /** Answer of a GET with these headers, whatever its status, or empty if nothing answers. Leaves out a header that HTTP does not allow. */
    public Optional<HttpResponse<String>> get(URI uri, Map<String, String> headers) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
        headers.forEach((header, value) -> set(request, header, value));
        return send(request);
    }

    private static void set(HttpRequest.Builder request, String header, String value) {
        try {
            request.setHeader(header, value);
        } catch (IllegalArgumentException refused) {
            // Its sentence has the value, which may be a secret; the scripts send the header too, and say what is wrong
            // with it.
        }
    }

    /** Status of a GET, or empty if nothing answers. */
    Optional<Integer> status(URI uri) throws InterruptedException {
        return send(HttpRequest.newBuilder(uri).GET()).map(HttpResponse::statusCode);
    }

    /** Status of a GET, or empty if nothing answers within that time. */
    Optional<Integer> status(URI uri, Duration limit) throws InterruptedException {
        return send(HttpRequest.newBuilder(uri).GET(), limit).map(HttpResponse::statusCode);
    }

    /** Answer of a POST without a body, or empty if nothing answers. */
    Optional<HttpResponse<String>> post(URI uri) throws InterruptedException {
        return send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Body of a GET that was answered with 200; empty if it was not, or nothing answers. */
    public Optional<String> text(URI uri) throws InterruptedException {
        return send(HttpRequest.newBuilder(uri).GET())
                .filter(response -> response.statusCode() == 200)
                .map(HttpResponse::body);
    }

    /** JSON of a GET that was answered with 200 or 503, as a health endpoint does; a missing node otherwise. */
    JsonNode json(URI uri) throws InterruptedException {
        Optional<HttpResponse<String>> response =
                send(HttpRequest.newBuilder(uri).GET());
        if (response.isEmpty()
                || (response.get().statusCode() != 200 && response.get().statusCode() != 503)) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(response.get().body());
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    private Optional<HttpResponse<String>> send(HttpRequest.Builder request) throws InterruptedException {
        return send(request, timeout);
    }

    private Optional<HttpResponse<String>> send(HttpRequest.Builder request, Duration limit)
            throws InterruptedException {
        try {
            return Optional.of(http.send(request.timeout(limit).build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException nothingThere) {
            return Optional.empty();
        }
    }
}
