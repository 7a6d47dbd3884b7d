package io.bookstore.perf.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A gateway of tenants on the JDK alone, in front of a real simulator: signed tokens by client credentials, the tenant in token,
 * header and path, an envelope around each answer, streams of bare text, jobs under idempotency keys. Plain answers have spans and
 * metrics by the conventions.
 */
public final class TenantGateway implements AutoCloseable {

    /** The defects that a test can choose. */
    public enum Defect {
        /** Its key is replaced after two completions, so that tokens end before their time. */
        EARLY_KEY_CHANGE,
        /** Its spans are in traces of its own. */
        TRACES_OF_ITS_OWN,
        /** The spans of its calls have the kind INTERNAL. */
        INTERNAL_SPANS,
        /** The spans of its calls are named by the method of the client. */
        SPANS_NAMED_BY_METHOD,
        /** The spans of its calls have the attributes of the conventions' first versions. */
        OLD_ATTRIBUTES,
        /** Its metrics have the tokens of each call twice. */
        TOKENS_COUNTED_TWICE,
        /** Its answers cost nothing. */
        FREE,
        /** A key of a job gets the first answer whatever the body is. */
        KEY_WITHOUT_BODY
    }

    /** The password of its only client. */
    public static final String SECRET = "s3cret-of-load-test";

    private static final String JSON = "application/json";
    private static final String TENANT = "acme";
    private static final int SECONDS_OF_A_TOKEN = 300;
    private static final int LAST_OF_THE_FIRST_KEY = 2;

    private static final ObjectMapper json = new ObjectMapper();

    private final ChatProvider provider = new ChatProvider();
    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final AtomicInteger completions = new AtomicInteger();
    private final AtomicLong input = new AtomicLong();
    private final AtomicLong output = new AtomicLong();
    private final Set<Defect> defects;
    private final ExportedSpans spans;
    private final ForeignService server;

    private TenantGateway(int otlpPort, Set<Defect> defects) {
        this.defects = defects;
        spans = new ExportedSpans("tenants", otlpPort);
        server = new ForeignService(this::route);
    }

    /** A gateway with these defects that sends its spans to that port. */
    public static TenantGateway sendingSpansTo(int otlpPort, Defect... defects) {
        return new TenantGateway(otlpPort, Set.of(defects));
    }

    public URI baseUrl() {
        return server.baseUrl();
    }

    @Override
    public void close() {
        server.close();
        provider.close();
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod() + " " + path) {
            case "GET /ready" -> ForeignService.answer(exchange, 200, JSON, "{\"ready\":true}");
            case "GET /metrics" -> ForeignService.answer(exchange, 200, "text/plain; version=0.0.4", metrics());
            case "POST /oauth2/token" -> grant(exchange);
            case "POST /tenants/acme/completions" -> {
                if (admitted(exchange)) {
                    complete(exchange);
                }
            }
            case "POST /tenants/acme/jobs" -> {
                if (admitted(exchange)) {
                    submit(exchange);
                }
            }
            default -> problem(exchange, 404, "Nothing is at " + path + ".");
        }
    }

    private void grant(HttpExchange exchange) throws IOException {
        String client = Base64.getEncoder().encodeToString(("load-test:" + SECRET).getBytes(StandardCharsets.UTF_8));
        if (!ForeignService.header(exchange, "Authorization").equals("Basic " + client)
                || !ForeignService.text(exchange).equals("grant_type=client_credentials")) {
            ForeignService.answer(exchange, 401, JSON, "{\"error\":\"invalid_client\"}");
            return;
        }
        String token = key().sign("{\"sub\":\"load-test\",\"tenant\":\"%s\",\"exp\":%d}"
                .formatted(TENANT, Instant.now().getEpochSecond() + SECONDS_OF_A_TOKEN));
        ForeignService.answer(
                exchange,
                200,
                JSON,
                "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                        .formatted(token, SECONDS_OF_A_TOKEN));
    }

    private SignedToken key() {
        boolean changed = has(Defect.EARLY_KEY_CHANGE) && completions.get() >= LAST_OF_THE_FIRST_KEY;
        return new SignedToken(changed ? "second key" : "first key");
    }

    /** Checks the token and the tenant; a request without them is answered here. */
    private boolean admitted(HttpExchange exchange) throws IOException {
        String token = ForeignService.header(exchange, "Authorization").replaceFirst("^Bearer ", "");
        String claims = key().claims(token);
        if (claims == null
                || json.readTree(claims).path("exp").asLong() <= Instant.now().getEpochSecond()) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            problem(exchange, 401, "The token is not valid.");
            return false;
        }
        String tenant = json.readTree(claims).path("tenant").asText();
        if (!tenant.equals(ForeignService.header(exchange, "X-Tenant"))) {
            problem(exchange, 403, "The token is of another tenant.");
            return false;
        }
        return true;
    }

    private void complete(HttpExchange exchange) throws IOException {
        JsonNode asked = body(exchange);
        if (asked == null || !asked.path("prompt").isTextual()) {
            problem(exchange, 400, "The body needs a prompt.");
            return;
        }
        String prompt = asked.path("prompt").asText();
        if (asked.path("stream").asBoolean()) {
            stream(exchange, prompt);
        } else {
            answer(exchange, prompt);
        }
    }

    private void answer(HttpExchange exchange, String prompt) throws IOException {
        Instant start = Instant.now();
        JsonNode completion = provider.ask(prompt);
        JsonNode usage = completion.path("usage");
        int factor = has(Defect.TOKENS_COUNTED_TWICE) ? 2 : 1;
        completions.incrementAndGet();
        input.addAndGet(factor * usage.path("prompt_tokens").asLong());
        output.addAndGet(factor * usage.path("completion_tokens").asLong());
        sendSpans(ForeignService.header(exchange, "traceparent"), start);
        ForeignService.answer(exchange, 200, JSON, envelope(completion.at("/choices/0/message/content"), usage));
    }

    private void stream(HttpExchange exchange, String prompt) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (exchange) {
            provider.stream(prompt, chunk -> ForeignService.send(exchange, event(chunk) + "\n\n"));
        }
    }

    /** An event without a name is a piece of the text, as it is. */
    private static String event(JsonNode chunk) {
        if (chunk.path("usage").isObject()) {
            return "event: end\ndata: {\"tokens\":%s}".formatted(tokens(chunk.path("usage")));
        }
        String text = chunk.at("/choices/0/delta/content").asText("");
        return text.isEmpty() ? "event: state\ndata: working" : "data: " + text.replace("\n", "\ndata: ");
    }

    private void sendSpans(String traceparent, Instant start) {
        String trace =
                has(Defect.TRACES_OF_ITS_OWN) ? ExportedSpans.newTraceId() : ExportedSpans.traceIdOf(traceparent);
        Map<String, String> attributes = Map.of(
                "gen_ai.operation.name",
                "chat",
                "gen_ai.request.model",
                "gpt-4o-mini",
                has(Defect.OLD_ATTRIBUTES) ? "gen_ai.system" : "gen_ai.provider.name",
                "openai");
        spans.send(
                trace,
                start,
                Instant.now(),
                new ExportedSpans.Call(
                        trace,
                        has(Defect.SPANS_NAMED_BY_METHOD) ? "ChatModel.call" : "chat gpt-4o-mini",
                        has(Defect.INTERNAL_SPANS),
                        attributes));
    }

    private String envelope(JsonNode text, JsonNode usage) {
        double usd = (0.15 * usage.path("prompt_tokens").asLong()
                        + 0.60 * usage.path("completion_tokens").asLong())
                / 1e6;
        return String.format(
                Locale.ROOT,
                "{\"data\":{\"output\":%s},\"meta\":{\"vendor\":\"openai\",\"model\":\"gpt-4o-mini\","
                        + "\"tokens\":%s,\"usd\":%.9f}}",
                text,
                tokens(usage),
                has(Defect.FREE) ? 0 : usd);
    }

    private static String tokens(JsonNode usage) {
        return "{\"in\":%s,\"out\":%s}".formatted(usage.path("prompt_tokens"), usage.path("completion_tokens"));
    }

    private void submit(HttpExchange exchange) throws IOException {
        String body = ForeignService.text(exchange);
        String first = jobs.computeIfAbsent(ForeignService.header(exchange, "Idempotency-Key"), key -> body);
        if (first.equals(body) || has(Defect.KEY_WITHOUT_BODY)) {
            ForeignService.answer(exchange, 202, JSON, "{\"data\":{\"job\":\"%08x\"}}".formatted(first.hashCode()));
        } else {
            problem(exchange, 422, "This key has another body.");
        }
    }

    private static @Nullable JsonNode body(HttpExchange exchange) throws IOException {
        try {
            return json.readTree(ForeignService.text(exchange));
        } catch (JsonProcessingException noJson) {
            return null;
        }
    }

    private static void problem(HttpExchange exchange, int status, String detail) throws IOException {
        ForeignService.answer(
                exchange,
                status,
                "application/problem+json",
                "{\"status\":%d,\"detail\":\"%s\"}".formatted(status, detail));
    }

    private String metrics() {
        return """
                # TYPE llm_tokens_total counter
                llm_tokens_total{gen_ai_token_type="input"} %d
                llm_tokens_total{gen_ai_token_type="output"} %d
                """.formatted(input.get(), output.get()) + DurationMetric.after(completions.get());
    }

    private boolean has(Defect defect) {
        return defects.contains(defect);
    }
}
