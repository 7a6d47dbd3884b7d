package io.bookstore.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A little of everything that a panel shows: summaries that are fresh, cached, refused, failing and of no book, and
 * plain requests; round after round until closed. It keeps count of what it did.
 */
final class Traffic implements AutoCloseable {

    private static final String NO_BOOK = "000000000000000000000000";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;
    private final List<Integer> summaryStatuses = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "traffic");
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;

    private Traffic(URI service) {
        this.service = service;
    }

    static Traffic startAgainst(URI service) {
        Traffic traffic = new Traffic(service);
        traffic.thread.start();
        return traffic;
    }

    /**
     * Ends after the round that is under way.
     *
     * @return the status of every summary request, in order
     * @throws IllegalStateException if the service failed to answer one of them
     */
    List<Integer> stop() {
        close();
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the service went away", cause);
        }
        return List.copyOf(summaryStatuses);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            send("POST", "/seed-data");
            JsonNode books = new ObjectMapper()
                    .readTree(send("GET", "/api/v1/Books?page=1&pageSize=20").body())
                    .path("books");
            for (int round = 0; !stopped; round++) {
                round(
                        books.get(round % books.size()).path("id").asText(),
                        books.get(0).path("id").asText());
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(String book, String favourite) throws IOException, InterruptedException {
        summary(book, "refresh=true");
        summary(favourite, "refresh=false");
        summary(book, "refresh=true&provider=openai");
        summary(book, "refresh=true&provider=lmstudio");
        summary(NO_BOOK, "refresh=true");
        send("GET", "/api/v1/Books?page=1&pageSize=20");
        send("GET", "/api/v1/Books/" + book);
        send("GET", "/api/v1/Books/search?query=the");
        send("GET", "/api/v1/Authors?page=1&pageSize=20");
    }

    private void summary(String book, String query) throws IOException, InterruptedException {
        summaryStatuses.add(send("POST", "/api/v1/Books/" + book + "/generate-summary?" + query)
                .statusCode());
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
