package io.bookstore.simulator.ollama;

import io.bookstore.simulator.wire.AnswerPlace;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.KeyRule;
import io.bookstore.simulator.wire.Operation;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.WireError;
import io.bookstore.simulator.wire.WireFormat;
import java.util.List;
import java.util.Map;

/** Ollama's API: https://github.com/ollama/ollama/blob/main/docs/api.md. */
public final class OllamaFormat implements WireFormat {

    private static final String VERSION = "{\"version\":\"0.11.4\"}";

    @Override
    public String provider() {
        return "ollama";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/api/");
    }

    @Override
    public KeyRule keyRule() {
        return KeyRule.NONE;
    }

    /** An assumption: Ollama has no limit. */
    @Override
    public int maxBodyBytes() {
        return 100 << 20;
    }

    @Override
    public List<Parameters> parameters() {
        return List.of(OllamaRequest.CHAT_PARAMETERS, OllamaRequest.GENERATE_PARAMETERS);
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.generates("/api/chat", request -> OllamaRequest.readChat(request.body())),
                Endpoint.generates("/api/generate", request -> OllamaRequest.readGenerate(request.body())),
                Endpoint.generates(
                        Operation.EMBEDDINGS, "/api/embed", request -> OllamaEmbeddings.read(request.body())),
                Endpoint.generates(
                        Operation.EMBEDDINGS, "/api/embeddings", request -> OllamaEmbeddings.readOne(request.body())),
                Endpoint.replies("GET", "/api/tags", request -> OllamaModels.tags()),
                Endpoint.replies("GET", "/api/ps", request -> OllamaModels.running()),
                Endpoint.replies("POST", "/api/show", OllamaModels::show),
                Endpoint.replies("GET", "/api/version", request -> VERSION));
    }

    @Override
    public WireError error(Refusal refusal, String requestId) {
        return new WireError(status(refusal.kind()), "{\"error\":" + Json.quote(refusal.message()) + "}");
    }

    @Override
    public Map<AnswerPlace, List<String>> answerPlaces() {
        return Map.of(
                AnswerPlace.TEXT, List.of("/message/content", "/response"),
                AnswerPlace.PARTS, List.of("/message/tool_calls"),
                AnswerPlace.FINISH_REASON, List.of("/done_reason"),
                AnswerPlace.INPUT_TOKENS, List.of("/prompt_eval_count"),
                AnswerPlace.OUTPUT_TOKENS, List.of("/eval_count"));
    }

    @Override
    public Map<String, String> requestHeaders(String requestId) {
        return Map.of();
    }

    private static int status(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, PROMPT_TOO_LONG -> 400;
            case NO_KEY, AUTHENTICATION -> 401;
            case BILLING -> 402;
            case PERMISSION -> 403;
            case UNKNOWN_MODEL, NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case TOO_LARGE -> 413;
            case RATE_LIMITED, TOKENS_LIMITED, QUOTA_EXHAUSTED -> 429;
            case SERVER_ERROR -> 500;
            // A full queue: "server busy, please try again. maximum pending requests exceeded".
            case UNAVAILABLE, OVERLOADED -> 503;
            case TIMEOUT -> 504;
        };
    }
}
