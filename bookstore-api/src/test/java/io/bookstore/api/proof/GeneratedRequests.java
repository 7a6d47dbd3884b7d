package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.api.proof.Row.Seen;
import io.bookstore.api.standin.EmbeddedMongo;
import io.bookstore.testing.WaitLimit;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Requests of every route with every part of them good, bad or absurd, and the history of what was answered. */
final class GeneratedRequests implements AutoCloseable {

    private static final int REQUESTS = 10_000;
    private static final int AT_ONCE = 16;
    private static final long SEED = 6;

    /** The number of books, and of authors, at the start, beside the samples. */
    private static final int OF_EACH = 150;

    /** The statuses that the contract allows for a summary when its provider cannot be used. */
    private static final List<Integer> PROVIDER_IS_MISSING = List.of(502, 503, 504);

    private static final Pattern RESOURCE = Pattern.compile("/api/v1/(Books|Authors)/[0-9a-f]{24}");

    private final EmbeddedMongo mongo = EmbeddedMongo.start("memory");
    private final MongoClient database = MongoClients.create(mongo.uri());
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final PackagedService service;
    private final WriteHistory history = new WriteHistory();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    private GeneratedRequests() {
        service = PackagedService.start(
                "generated",
                Map.of(
                        "MONGODB_URI",
                        mongo.uri().replaceAll("[?].*|/*$", "") + "/" + World.PATIENT,
                        "BOOKSTORE_LLM_DEADLINE",
                        "600s",
                        "ANTHROPIC_BASE_URL",
                        provider.uri() + "/v1",
                        "ANTHROPIC_API_KEY",
                        World.CANARY));
        service.post("/seed-data", "").assertStatus(200);
        String books = (World.BOOK + ",").repeat(OF_EACH);
        service.post("/api/v1/Books/bulk", "[" + books + World.BOOK + "]").assertStatus(200);
        String authors = "{\"name\":\"James Joyce\"},".repeat(OF_EACH);
        service.post("/api/v1/Authors/bulk", "[" + authors + "{\"name\":\"Nora Barnacle\"}]")
                .assertStatus(200);
    }

    static Row row() {
        String done = String.format(
                Locale.ROOT,
                "%,d requests of every route that OpenAPI describes but the stream, `ErrorTest`, `/seed-data`, `/health`"
                        + " and `/metrics`, some parts of them good and some of %d naughty texts (seed %d)",
                REQUESTS,
                NaughtyStrings.ALL.size(),
                SEED);
        return Row.of(
                "B41",
                done,
                "no 5xx that the route does not promise, no status it does not describe; each 4xx a problem document;"
                        + " some order of the requests explains every answer and what is stored",
                GeneratedRequests::prove);
    }

    private static Seen prove() throws Exception {
        try (GeneratedRequests requests = new GeneratedRequests()) {
            try {
                requests.sendAndJudge();
                return new Seen("held");
            } catch (Exception | AssertionError e) {
                throw requests.service.withLogTail(e);
            }
        }
    }

    private void sendAndJudge() throws InterruptedException {
        Map<String, Long> found = stored();
        found.forEach(history::found);
        List<String> ids =
                found.keySet().stream().map(path -> path.replaceAll(".*/", "")).toList();
        RequestGenerator generator =
                new RequestGenerator(operations(), new SplittableRandom(SEED), new ArrayList<>(ids));
        Semaphore permits = new Semaphore(AT_ONCE);
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            RequestGenerator.Generated request = generator.next();
            permits.acquire();
            long sent = history.send();
            answers.add(service.send(http(request))
                    .thenAccept(answer -> judge(request, sent, answer))
                    .exceptionally(failure -> {
                        wrong.add(request + " got no answer: " + failure.getMessage());
                        mayStand(request, sent);
                        return null;
                    })
                    .whenComplete((done, failure) -> permits.release()));
        }
        answers.forEach(CompletableFuture::join);

        assertThat(wrong.stream().limit(10)).as("wrong answers").isEmpty();
        assertThat(statuses.keySet()).as("both good and bad have been sent").contains(200, 201, 204, 400, 404, 415);
        assertThat(history.differences(stored()))
                .as("resources whose answers no order of the requests explains")
                .isEmpty();
        assertThat(routes()).as("names of routes in the metrics").hasSizeLessThan(40);
    }

    /** All but what has no end, breaks off on purpose, or writes what no client asked for. */
    private List<ApiDescription.Operation> operations() {
        return ApiDescription.of(service).stream()
                .filter(operation ->
                        !operation.path().matches(".*(/stream|/ErrorTest/.*)|/seed-data|/health.*|/metrics"))
                .toList();
    }

    private Set<String> routes() {
        return Pattern.compile("http_route=\"([^\"]*)\"")
                .matcher(service.get("/metrics").body())
                .results()
                .map(route -> route.group(1))
                .collect(Collectors.toSet());
    }

    private HttpRequest http(RequestGenerator.Generated request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(service.api() + request.target()))
                .timeout(WaitLimit.LIMIT)
                .method(
                        request.method(),
                        request.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(builder::setHeader);
        return builder.build();
    }

    private synchronized void judge(RequestGenerator.Generated request, long sent, Answer answer) {
        statuses.merge(answer.status(), 1, Integer::sum);
        boolean promised =
                request.target().contains("generate-summary") && PROVIDER_IS_MISSING.contains(answer.status());
        if (answer.status() >= 500 && !promised) {
            wrong.add(request + " is " + answer);
        }
        if (request.operation().isAt(request.path()) && !request.operation().declares(answer.status())) {
            wrong.add(request + " is not described to be " + answer);
        }
        if (answer.status() >= 400) {
            try {
                answer.assertProblem();
            } catch (AssertionError e) {
                wrong.add(request + ": " + e.getMessage());
            }
        }
        note(request, sent, answer);
    }

    private void note(RequestGenerator.Generated request, long sent, Answer answer) {
        if (answer.status() == 503) {
            mayStand(request, sent);
        } else if (request.method().equals("POST")) {
            noteCreation(request, sent, answer);
        } else if (RESOURCE.matcher(request.path()).matches()) {
            switch (answer.status()) {
                case 200 -> {
                    long version = version(answer.json());
                    if (request.method().equals("GET")) {
                        history.read(sent, request.path(), version, "GET");
                    } else {
                        history.changed(sent, request.path(), version, request.method());
                    }
                }
                case 204 -> history.deleted(sent, request.path(), "DELETE");
                case 404 -> history.missed(sent, request.path(), request.method());
                default -> {
                    // It says nothing about what is stored.
                }
            }
        }
    }

    private void noteCreation(RequestGenerator.Generated request, long sent, Answer answer) {
        if (request.path().contains("generate-summary")
                || answer.header("idempotency-replayed").isPresent()) {
            return;
        }
        String collection = request.path().replaceAll("/bulk$", "");
        if (answer.status() == 201) {
            noteCreated(sent, collection, answer.json());
        } else if (answer.status() == 200) {
            for (JsonNode item : answer.json().get("results")) {
                if (item.path("status").asInt() == 201) {
                    noteCreated(sent, collection, item.get("created"));
                }
            }
        }
    }

    private void noteCreated(long sent, String collection, JsonNode created) {
        history.created(sent, collection + "/" + created.get("id").asText(), version(created), "POST");
    }

    private static long version(JsonNode resource) {
        return resource.get("version").asLong();
    }

    /** A write without an answer, or with 503, may have happened: docs/reliability.md, row F17. */
    private void mayStand(RequestGenerator.Generated request, long sent) {
        switch (request.method()) {
            case "POST" -> history.mayHaveCreated(RequestGenerator.LONGEST_LIST);
            case "PUT", "PATCH" -> history.mayHaveChanged(sent, request.path(), request.method());
            case "DELETE" -> history.mayHaveDeleted(sent, request.path(), request.method());
            default -> {
                // It writes nothing.
            }
        }
    }

    /** The version of everything that is stored, past the service. */
    private Map<String, Long> stored() {
        Map<String, Long> versions = new HashMap<>();
        for (String collection : List.of("Books", "Authors")) {
            for (Document document : database.getDatabase("bookstore")
                    .getCollection(collection.toLowerCase(Locale.ROOT))
                    .find()) {
                @Nullable Number version = document.get("version", Number.class);
                versions.put(
                        "/api/v1/" + collection + "/"
                                + document.getObjectId("_id").toHexString(),
                        version == null ? 0 : version.longValue());
            }
        }
        return versions;
    }

    @Override
    public void close() {
        service.close();
        database.close();
        mongo.close();
        provider.close();
    }
}
