package io.bookstore.perf.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A service by the habits of Python, with the bodies that FastAPI 0.165, sse-starlette 3.7 and slowapi send: 422 with {@code detail},
 * "Internal Server Error" as plain text, events that end with CR LF between comments of pings, metrics as prometheus-client names
 * them.
 */
public final class SupportService implements AutoCloseable {

    /** The defects that a test can choose. */
    public enum Defect {
        /** A body that is no JSON ends in an exception. */
        UNHANDLED_BODIES,
        /** Answers are JSON by a {@code PlainTextResponse}. */
        PLAIN_TEXT,
        /** The second answer is empty. */
        EMPTY_ANSWER,
        /** The tokens of an answer are those of the whole conversation. */
        TOKENS_OF_ALL_TURNS,
        /** The latency is nanoseconds. */
        NANOSECONDS,
        /** The price of a million tokens is taken for one of a thousand. */
        PRICE_OF_A_THOUSAND,
        /** A refusal does not say when to come back. */
        NO_RETRY_AFTER,
        /** The last event of a stream has no usage. */
        STREAM_WITHOUT_USAGE,
        /** The duration of calls is a metric in milliseconds. */
        MILLISECONDS,
        /** The metrics have the label of the conventions' first versions. */
        OLD_LABELS
    }

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String ANSWER =
            "Emma Woodhouse makes matches for her friends in a village near London, until she"
                    + " finds out that she has understood neither their hearts nor her own.";
    private static final int PROMPT_TOKENS = 19;
    private static final int COMPLETION_TOKENS = 30;
    private static final int TURNS = 10;

    private static final ObjectMapper json = new ObjectMapper();

    private final ChatProvider provider = new ChatProvider();
    private final AtomicInteger answers = new AtomicInteger();
    private final Set<Defect> defects;
    private final ForeignService server;

    private SupportService(Set<Defect> defects) {
        this.defects = defects;
        server = new ForeignService(this::route);
    }

    public static SupportService with(Defect... defects) {
        return new SupportService(Set.of(defects));
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
            case "GET /healthz" -> ForeignService.answer(exchange, 200, JSON, "{\"status\":\"ok\"}");
            case "GET /metrics" ->
                ForeignService.answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics());
            case "POST /v1/chat", "POST /v1/chat/stream" -> ask(exchange, path.endsWith("/stream"));
            default -> ForeignService.answer(exchange, 404, JSON, "{\"detail\":\"Not Found\"}");
        }
    }

    private void ask(HttpExchange exchange, boolean streamed) throws IOException {
        long start = System.nanoTime();
        JsonNode question = question(ForeignService.text(exchange));
        if (question == null && has(Defect.UNHANDLED_BODIES)) {
            ForeignService.answer(exchange, 500, TEXT, "Internal Server Error");
        } else if (question == null) {
            ForeignService.answer(exchange, 422, JSON, """
                    {"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},\
                    "ctx":{"error":"Unterminated string starting at"}}]}""");
        } else if (!question.isTextual()) {
            ForeignService.answer(exchange, 422, JSON, """
                    {"detail":[{"type":"missing","loc":["body","question"],"msg":"Field required","input":{}}]}""");
        } else if (!ForeignService.header(exchange, "X-Api-Key").equals("team-a")) {
            refuse(exchange);
        } else if (streamed) {
            stream(exchange);
        } else {
            chat(exchange, start);
        }
    }

    private static @Nullable JsonNode question(String body) {
        try {
            return json.readTree(body).path("question");
        } catch (JsonProcessingException noJson) {
            return null;
        }
    }

    private void refuse(HttpExchange exchange) throws IOException {
        if (!has(Defect.NO_RETRY_AFTER)) {
            exchange.getResponseHeaders().set("Retry-After", "37");
        }
        ForeignService.answer(exchange, 429, JSON, "{\"error\":\"Rate limit exceeded: 60 per 1 minute\"}");
    }

    private void chat(HttpExchange exchange, long start) throws IOException {
        boolean empty = answers.incrementAndGet() == 2 && has(Defect.EMPTY_ANSWER);
        int completion = has(Defect.TOKENS_OF_ALL_TURNS) ? TURNS * COMPLETION_TOKENS : COMPLETION_TOKENS;
        double usd = (0.15 * PROMPT_TOKENS + 0.60 * completion) / (has(Defect.PRICE_OF_A_THOUSAND) ? 1e3 : 1e6);
        double latency = (System.nanoTime() - start) / (has(Defect.NANOSECONDS) ? 1d : 1e6);
        String body = String.format(
                Locale.ROOT,
                "{\"answer\":\"%s\",\"provider\":\"openai\",\"model_name\":\"gpt-4o-mini\",\"token_usage\":"
                        + "{\"prompt_tokens\":%d,\"completion_tokens\":%d},\"cost_usd\":%.9f,\"latency_ms\":%.3f}",
                empty ? "" : ANSWER,
                PROMPT_TOKENS,
                completion,
                usd,
                latency);
        ForeignService.answer(exchange, 200, has(Defect.PLAIN_TEXT) ? TEXT : JSON, body);
    }

    /** The names of events tell a source from a token: the text of both is at one place. */
    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        try (exchange) {
            ForeignService.send(exchange, "event: source\r\ndata: {\"text\": \"Emma, chapter 1\"}\r\n\r\n");
            provider.stream("Summarise Emma.", chunk -> ForeignService.send(exchange, event(chunk)));
        }
    }

    private String event(JsonNode chunk) {
        JsonNode usage = chunk.path("usage");
        if (usage.isObject()) {
            String told = "\"token_usage\": {\"prompt_tokens\": %s, \"completion_tokens\": %s}, "
                    .formatted(usage.path("prompt_tokens"), usage.path("completion_tokens"));
            return "event: done\r\ndata: {" + (has(Defect.STREAM_WITHOUT_USAGE) ? "" : told)
                    + "\"finish_reason\": \"stop\"}\r\n\r\n";
        }
        JsonNode text = chunk.at("/choices/0/delta/content");
        return text.asText("").isEmpty()
                ? ": ping - 2026-11-30 11:01:03.743059+00:00\r\n\r\n"
                : "event: token\r\ndata: {\"text\": " + text + "}\r\n\r\n";
    }

    private String metrics() {
        boolean byConventions = has(Defect.MILLISECONDS) || has(Defect.OLD_LABELS);
        String name = byConventions
                ? "gen_ai_client_operation_duration_" + (has(Defect.MILLISECONDS) ? "milliseconds" : "seconds")
                : "chat_latency_seconds";
        String labels = byConventions
                ? "gen_ai_operation_name=\"chat\",%s=\"openai\""
                        .formatted(has(Defect.OLD_LABELS) ? "gen_ai_system" : "gen_ai_provider_name")
                : "model_name=\"gpt-4o-mini\"";
        return """
                # TYPE python_info gauge
                python_info{implementation="CPython",major="3",minor="12",version="3.12.3"} 1.0
                # TYPE %1$s histogram
                %1$s_bucket{%2$s,le="+Inf"} %3$d.0
                %1$s_sum{%2$s} %3$d.0
                %1$s_count{%2$s} %3$d.0
                # TYPE chat_tokens_total counter
                chat_tokens_total{kind="completion"} %4$d.0
                """.formatted(name, labels, answers.get(), answers.get() * COMPLETION_TOKENS);
    }

    private boolean has(Defect defect) {
        return defects.contains(defect);
    }
}
