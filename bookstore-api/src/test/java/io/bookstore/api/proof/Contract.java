package io.bookstore.api.proof;

import static io.bookstore.api.llm.ScriptedProvider.status;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Updates;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.bookstore.api.digest.Sha256;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.api.proof.ApiDescription.Operation;
import io.bookstore.api.standin.EmbeddedMongo;
import io.bookstore.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A packaged service that knows its clients, limits them and has no money, and the request that brings each status. */
final class Contract implements AutoCloseable {

    private static final String KEY = "manager-key-0123456789abcdef01234567";
    private static final String GREEDY = "greedy-key-0123456789abcdef012345678";
    private static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";

    /** The burst limit of each client: above the number of requests in this test, and small enough to exhaust. */
    private static final int SHARE = 1_500;

    private static final int AT_ONCE = 20;
    private static final int MOST_PORTS = 10;

    /** The deadline of a summary: enough for all that must succeed on a slow machine, and one is waited for. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** The service must notice a database that is gone, and wait for one that is slow. */
    private static final String PATIENT =
            "?serverSelectionTimeoutMS=1500&connectTimeoutMS=120000&socketTimeoutMS=120000&waitQueueTimeoutMS=120000";

    private static final String AUTHOR = "{\"name\":\"James Joyce\"}";

    private final EmbeddedMongo mongo = EmbeddedMongo.start("memory");
    private final Cable mongoCable = Cable.to(URI.create(mongo.uri()).getPort());
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<Operation, Answer> withoutDatabase = new HashMap<>();
    private final PackagedService service;
    /** The summary that is not there at the deadline, asked for at the start. */
    private final CompletableFuture<Answer> late;

    Contract(Path directory) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "MONGODB_URI", "mongodb://127.0.0.1:" + mongoCable.port() + "/" + PATIENT,
                "BOOKSTORE_API_REQUIRE_IF_MATCH", "true",
                "BOOKSTORE_ERROR_TEST_ENABLED", "true",
                "BOOKSTORE_CLIENT_LIMIT_REQUESTS_PER_MINUTE", "1",
                "BOOKSTORE_CLIENT_LIMIT_BURST", String.valueOf(SHARE),
                "BOOKSTORE_LLM_DEADLINE", DEADLINE.toSeconds() + "s",
                "LLM_DAILY_BUDGET_USD", "0"));
        environment.putAll(Map.of(
                "ANTHROPIC_BASE_URL",
                provider.uri() + "/v1",
                "ANTHROPIC_API_KEY",
                World.CANARY,
                // Without a price it needs no money; the other one has a price, and finds none.
                "ANTHROPIC_MODEL",
                "model-without-a-price",
                "BOOKSTORE_LLM_PROVIDERS_PAID_KIND",
                "anthropic",
                "BOOKSTORE_LLM_PROVIDERS_PAID_BASE_URL",
                provider.uri() + "/v1",
                "BOOKSTORE_LLM_PROVIDERS_PAID_API_KEY",
                World.CANARY,
                "BOOKSTORE_LLM_PROVIDERS_PAID_MODEL",
                "claude-sonnet-4-5",
                "BOOKSTORE_SECURITY_JWT_SECRET_FILE",
                Files.writeString(directory.resolve("secret"), SECRET).toString()));
        for (String key : List.of(KEY, GREEDY)) {
            String prefix = "BOOKSTORE_SECURITY_API_KEYS_"
                    + key.substring(0, key.indexOf('-')).toUpperCase(java.util.Locale.ROOT);
            environment.put(prefix + "_SHA256", Sha256.hex(key.getBytes(StandardCharsets.UTF_8)));
            environment.put(prefix + "_ROLE", "manager");
        }
        environment.putAll(Map.of(
                "BOOKSTORE_VARIANTS_CONTROL_WEIGHT", "1",
                "BOOKSTORE_VARIANTS_WARM_WEIGHT", "0",
                "BOOKSTORE_VARIANTS_WARM_TEMPERATURE", "0.9"));
        service = startWithTwoPorts(environment);
        service.post("/seed-data", "", "X-API-Key", KEY).assertStatus(200);
        provider.next(ScriptedProvider.silenceAfterTheFirstToken(end));
        // Books of one text share a call, and no other request may share the one that is late.
        Answer lateBook = service.post("/api/v1/Books", World.BOOK.replace("James", "Late"), "X-API-Key", KEY);
        String lateTarget = lateBook.assertStatus(201).header("location").orElseThrow() + "/generate-summary";
        late = service.later("POST", lateTarget, "", "X-API-Key", KEY);
        await().until(() -> !provider.received().isEmpty() || late.isDone());
        for (int i = 0; i < SHARE; i += AT_ONCE) {
            IntStream.range(0, AT_ONCE)
                    .mapToObj(request -> service.later("GET", "/api/v1/Books/llm-providers", "", "X-API-Key", GREEDY))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    /** The port of the state is looked up beforehand, so another process may take it before the service does. */
    private static PackagedService startWithTwoPorts(Map<String, String> environment) {
        for (int attempt = 0; ; attempt++) {
            environment.put("BOOKSTORE_MANAGEMENT_PORT", String.valueOf(FreePort.find()));
            try {
                return PackagedService.start("contract", environment);
            } catch (IllegalStateException e) {
                boolean taken = String.valueOf(e.getMessage()).contains("is already taken");
                if (!taken || attempt == MOST_PORTS) {
                    throw e;
                }
            }
        }
    }

    List<Operation> operations() {
        return ApiDescription.of(service);
    }

    /** Errors that were no problem document. */
    List<String> badErrors() {
        return service.badErrors();
    }

    /** The answers to the request, or requests, which the service must answer with that status. */
    List<Answer> provoke(Operation route, String status) throws JOSEException, IOException {
        return switch (status) {
            case "200", "201", "204" -> List.of(send(route, target(route), body(route)));
            case "304" -> List.of(send(route, target(route), "", "If-None-Match", "*"));
            case "400" -> List.of(send(route, withQuery(target(route), "x=%00"), body(route)));
            case "401" -> List.of(send(route, target(route), body(route), "X-API-Key", "guess"));
            case "403" ->
                List.of(service.send(
                        route.method(), target(route), body(route), "Authorization", "Bearer " + tokenWithoutARole()));
            // Where errors on demand are off, as at the port of the state, there is no such route.
            case "404" ->
                List.of(
                        route.path().endsWith("/abort")
                                ? at(service.management(), route.path())
                                : send(route, withSomeId(route), body(route)));
            case "406" -> List.of(send(route, target(route), body(route), "Accept", "image/png"));
            case "409" -> List.of(whileTheFirstIsUnderWay(route));
            case "412" -> List.of(send(route, target(route), body(route), "If-Match", "\"99\""));
            case "413" ->
                List.of(overAConnectionOfItsOwn(route, target(route), "", "{\"title\":\"" + "x".repeat(1_200_000)));
            case "414" ->
                List.of(overAConnectionOfItsOwn(
                        route, withQuery(target(route), "x=" + "y".repeat(5_000)), "", body(route)));
            case "415" -> List.of(send(route, target(route), body(route), "Content-Type", "text/plain"));
            case "422" -> {
                send(route, target(route), body(route), "Idempotency-Key", "reused");
                yield List.of(
                        send(route, target(route), body(route).replace("James", "J."), "Idempotency-Key", "reused"));
            }
            case "428" -> List.of(service.send(route.method(), target(route), body(route), "X-API-Key", KEY));
            case "429" -> List.of(untilItIsTooMuch(route));
            case "431" ->
                List.of(overAConnectionOfItsOwn(
                        route, target(route), "X-Long: " + "y".repeat(9_000) + "\n", body(route)));
            case "402" -> List.of(send(route, target(route) + "?provider=paid", ""));
            case "502" -> {
                provider.next(status(400, "{}"));
                yield List.of(send(route, target(route) + "?refresh=true", ""));
            }
            case "503" -> List.of(send(route, withQuery(target(route), "provider=openai"), body(route)));
            case "504" -> List.of(late.join());
            case "4XX" -> errors(route, 400, 401, 403, 404, 405, 409, 410, 415, 422, 429);
            case "5XX" -> errors(route, 500, 502, 503, 504);
            default -> throw new AssertionError("Nobody knows what brings " + status + " of " + route.path());
        };
    }

    /** A creation, and the same again under its key. */
    List<Answer> createTwice(Operation route) {
        return List.of(
                send(route, target(route), body(route), "Idempotency-Key", "twice"),
                send(route, target(route), body(route), "Idempotency-Key", "twice"));
    }

    /** The answer to a method that no route takes. */
    Answer unknownMethod(Operation route) {
        return service.send("BREW", target(route), "", "X-API-Key", KEY);
    }

    /** Returns the answers at the port of the routes and at the management port. */
    List<Answer> atBothPorts(String path) {
        return List.of(at(service.api(), path), at(service.management(), path));
    }

    /** The answer to a head that no client library sends. */
    Answer onTheWire(String head) throws IOException {
        return Wire.ask(service.api(), head);
    }

    private Answer at(URI address, String path) {
        return service.send(HttpRequest.newBuilder(URI.create(address + path))
                        .header("X-API-Key", KEY)
                        .build())
                .join();
    }

    /** Returns the answer to a request without a key. */
    Answer anonymously(String path) {
        return service.get(path);
    }

    /** A new summary. */
    Answer summary(String query, String... headers) {
        List<String> all = new ArrayList<>(List.of("X-API-Key", KEY));
        all.addAll(List.of(headers));
        return service.post(summaryOfAnyBook() + "?" + query, "", all.toArray(String[]::new));
    }

    private String summaryOfAnyBook() {
        return "/api/v1/Books/" + existing("/api/v1/Books/{bookId}") + "/generate-summary";
    }

    /** Returns the body of the last request to the provider. */
    String lastPrompt() {
        return provider.received().get(provider.received().size() - 1).body();
    }

    double metric(String name, String... parts) {
        return service.metric(name, parts);
    }

    /** The answer that does not come: how the connection ends. */
    Throwable abort() {
        return service.later("GET", "/api/v1/ErrorTest/abort", "", "X-API-Key", KEY)
                .handle((answer, failure) -> failure)
                .join();
    }

    /** Asks the routes while the database is gone, and brings it back. */
    void askWithoutADatabase(List<Operation> routes) {
        mongoCable.cut();
        Map<Operation, CompletableFuture<Answer>> asked = new HashMap<>();
        for (Operation route : routes) {
            asked.put(route, later(route, withSomeId(route), body(route)));
        }
        asked.forEach((route, answer) -> withoutDatabase.put(route, answer.join()));
        mongoCable.mend();
        await().until(() -> service.get("/health/readiness").status() == 200);
    }

    /** Returns the answer that the route gave while the database was gone. */
    Answer withoutDatabase(Operation route) {
        return Objects.requireNonNull(withoutDatabase.get(route));
    }

    /** A creation whose key another one has, of which the database says that it has no answer yet. */
    private Answer whileTheFirstIsUnderWay(Operation route) {
        String key = "under-way" + route.path().replace('/', '-');
        send(route, target(route), body(route), "Idempotency-Key", key);
        try (MongoClient client = MongoClients.create(mongo.uri())) {
            client.getDatabase("bookstore")
                    .getCollection("idempotency_keys")
                    .updateMany(
                            new Document(),
                            Updates.combine(
                                    Updates.unset("answer"),
                                    Updates.set(
                                            "takenUntil",
                                            Date.from(Instant.now().plusSeconds(3_600)))));
        }
        return send(route, target(route), body(route), "Idempotency-Key", key);
    }

    /** Its share is used up but for the few requests that time has brought since then. */
    private Answer untilItIsTooMuch(Operation route) {
        return await().until(
                        () -> send(route, target(route), body(route), "X-API-Key", GREEDY),
                        answer -> answer.status() == 429);
    }

    /** The service closes the connection with its answer, which must not meet the next request there. */
    private Answer overAConnectionOfItsOwn(Operation route, String target, String headers, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String content =
                bytes.length == 0 ? "" : "Content-Type: application/json\nContent-Length: " + bytes.length + "\n";
        return Wire.ask(
                service.api(),
                route.method() + " " + target + " HTTP/1.1\nHost: bookstore\nX-API-Key: " + KEY + "\nIf-Match: *\n"
                        + content + headers,
                bytes);
    }

    private List<Answer> errors(Operation route, int... codes) {
        List<Answer> answers = new ArrayList<>();
        for (int code : codes) {
            Answer answer = send(route, path(route, String.valueOf(code)), "");
            answers.add(answer.assertStatus(code));
        }
        return answers;
    }

    /** Sends the request as a manager, with {@code If-Match: *} on writes, unless the headers say otherwise. */
    private Answer send(Operation route, String target, String body, String... headers) {
        return later(route, target, body, headers).join();
    }

    private CompletableFuture<Answer> later(Operation route, String target, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("X-API-Key", KEY));
        if (List.of("PUT", "PATCH", "DELETE").contains(route.method())) {
            all.addAll(List.of("If-Match", "*"));
        }
        all.addAll(List.of(headers));
        return service.later(route.method(), target, body, all.toArray(String[]::new));
    }

    private String target(Operation route) {
        return withQueryThatItNeeds(path(route, null));
    }

    /** Returns the target of the route with an id that nothing has. */
    private String withSomeId(Operation route) {
        return withQueryThatItNeeds(path(route, "0123456789abcdef01234567"));
    }

    private static String withQueryThatItNeeds(String path) {
        return path.endsWith("/search") ? path + "?query=a" : path;
    }

    /** @param id null for that of something that is there */
    private String path(Operation route, @Nullable String id) {
        String path = route.path();
        if (!path.contains("{")) {
            return path;
        }
        return path.replaceAll("\\{.*}", id != null ? id : path.contains("{code}") ? "410" : existing(path));
    }

    private String existing(String path) {
        String collection = path.substring(0, path.indexOf("/{"));
        Answer created = service.post(collection, body(collection), "X-API-Key", KEY);
        return created.assertStatus(201).json().get("id").asText();
    }

    private static String body(Operation route) {
        if (!route.takesBody()) {
            return "";
        }
        return route.path().endsWith("/bulk") ? "[" + body(route.path()) + "]" : body(route.path());
    }

    private static String body(String path) {
        return path.contains("/Authors") ? AUTHOR : World.BOOK;
    }

    private static String withQuery(String target, String query) {
        return target + (target.contains("?") ? "&" : "?") + query;
    }

    private static String tokenWithoutARole() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject("nobody")
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
        token.sign(new MACSigner(SECRET));
        return token.serialize();
    }

    @Override
    public void close() {
        end.countDown();
        service.close();
        mongoCable.close();
        mongo.close();
        provider.close();
    }
}
