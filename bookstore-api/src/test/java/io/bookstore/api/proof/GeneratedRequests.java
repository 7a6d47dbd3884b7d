package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
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

/** Requests of every route with every part of them good, bad or absurd, and a ledger of what was acknowledged. */
final class GeneratedRequests implements Proof {

    private static final int REQUESTS = 10_000;
    private static final int AT_ONCE = 16;
    private static final long SEED = 6;

    /** What a summary promises when its provider cannot be used. */
    private static final List<Integer> PROVIDER_IS_MISSING = List.of(502, 503, 504);

    private final World world;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Map<String, Long> ledger = new TreeMap<>();

    GeneratedRequests(World world) {
        this.world = world;
    }

    /** How it names itself, with the seed that makes it the same again. */
    static String description() {
        return String.format(
                java.util.Locale.ROOT,
                "%,d requests of every route that OpenAPI describes but the stream, `ErrorTest`, `/seed-data`, `/health`"
                        + " and `/metrics`, some parts of them good and some of %d naughty texts (seed %d)",
                REQUESTS,
                NaughtyStrings.ALL.size(),
                SEED);
    }

    @Override
    public Seen see() throws Exception {
        ledger.putAll(stored());
        RequestGenerator generator =
                new RequestGenerator(operations(), new SplittableRandom(SEED), new ArrayList<>(ledger.keySet()));
        Semaphore places = new Semaphore(AT_ONCE);
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            RequestGenerator.Generated request = generator.next();
            places.acquire();
            answers.add(world.service()
                    .send(http(request))
                    .thenAccept(answer -> judge(request, answer))
                    .whenComplete((done, failure) -> places.release()));
        }
        answers.forEach(CompletableFuture::join);

        assertThat(wrong.stream().limit(20)).isEmpty();
        assertThat(statuses.keySet()).as("both good and bad have been sent").contains(200, 201, 400, 404, 415);
        assertThat(stored()).as("what is stored is what was acknowledged").isEqualTo(ledger);
        assertThat(routes()).as("names of routes in the metrics").hasSizeLessThan(40);
        return new Seen("held");
    }

    /** All but what has no end, breaks off on purpose, or writes what no client asked for. */
    private List<ApiDescription.Operation> operations() {
        return ApiDescription.of(world.service()).stream()
                .filter(operation ->
                        !operation.path().matches(".*(/stream|/ErrorTest/.*)|/seed-data|/health.*|/metrics"))
                .toList();
    }

    private Set<String> routes() {
        return Pattern.compile("http_route=\"([^\"]*)\"")
                .matcher(world.service().get("/metrics").body())
                .results()
                .map(route -> route.group(1))
                .collect(Collectors.toSet());
    }

    private HttpRequest http(RequestGenerator.Generated request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create(world.service().api() + request.target()))
                .method(
                        request.method(),
                        request.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(builder::setHeader);
        return builder.build();
    }

    private synchronized void judge(RequestGenerator.Generated request, Answer answer) {
        statuses.merge(answer.status(), 1, Integer::sum);
        boolean promised =
                request.target().contains("generate-summary") && PROVIDER_IS_MISSING.contains(answer.status());
        if (answer.status() >= 500 && !promised) {
            wrong.add(request + " is " + answer);
        }
        if (request.operation().isAt(request.target().replaceAll("[?].*", ""))
                && !request.operation().declares(answer.status())) {
            wrong.add(request + " is not described to be " + answer);
        }
        if (answer.status() >= 400) {
            try {
                answer.assertProblem();
            } catch (AssertionError e) {
                wrong.add(request + ": " + e.getMessage());
            }
        } else {
            note(request, answer);
        }
    }

    /** What was acknowledged must be there, and nothing else. */
    private void note(RequestGenerator.Generated request, Answer answer) {
        if (answer.status() == 204) {
            ledger.remove(request.target().replaceAll(".*/", ""));
        } else if (request.target().endsWith("/bulk") && request.method().equals("POST")) {
            answer.json()
                    .get("results")
                    .forEach(item -> keep(item.path("status").asInt() == 201, idOf(item), 0));
        } else if (answer.status() == 201 || List.of("PUT", "PATCH").contains(request.method())) {
            keep(
                    true,
                    answer.json().get("id").asText(),
                    answer.json().path("version").asLong());
        }
    }

    private static String idOf(com.fasterxml.jackson.databind.JsonNode item) {
        return item.findPath("id").asText();
    }

    private void keep(boolean stored, String id, long version) {
        if (stored) {
            ledger.merge(id, version, Math::max);
        }
    }

    private Map<String, Long> stored() {
        Map<String, Long> versions = new TreeMap<>();
        for (String collection : List.of("books", "authors")) {
            for (Document document : world.database().getCollection(collection).find()) {
                versions.put(
                        document.getObjectId("_id").toHexString(),
                        document.get("version", (Number) 0L).longValue());
            }
        }
        return versions;
    }
}
