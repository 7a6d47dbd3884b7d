package io.bookstore.simulator.gemini;

import io.bookstore.simulator.wire.AnswerPlace;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.KeyRule;
import io.bookstore.simulator.wire.Operation;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.WireError;
import io.bookstore.simulator.wire.WireFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Google's Gemini API, v1 and v1beta: https://ai.google.dev/api/generate-content. */
public final class GeminiFormat implements WireFormat {

    private static final String MODELS = "/v1(?:beta)?/models";
    private static final String MODEL = MODELS + "/[^/:]+";

    @Override
    public String provider() {
        return "gemini";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/v1beta/") || path.matches("/v1/models/[^:]+:.*");
    }

    @Override
    public boolean isMeantBy(Function<String, @Nullable String> header, String query) {
        return header.apply("x-goog-api-key") != null || ("&" + query).contains("&key=");
    }

    /** Empty: the wait is in the body. */
    @Override
    public Map<String, String> refusalHeaders(Refusal refusal) {
        return Map.of();
    }

    @Override
    public KeyRule keyRule() {
        return new KeyRule(
                List.of("x-goog-api-key", "authorization"),
                List.of("key="),
                "Method doesn't allow unregistered callers (callers without established identity). Please use API Key"
                        + " or other form of API consumer identity to call this API.");
    }

    /** https://ai.google.dev/gemini-api/docs/file-input-methods: 100 MB, once 20 MB. */
    @Override
    public int maxBodyBytes() {
        return 100 << 20;
    }

    @Override
    public List<Parameters> parameters() {
        return List.of(GeminiRequest.PARAMETERS, GeminiRequest.CONFIG_PARAMETERS);
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.generates(MODEL + ":generateContent", request -> GeminiRequest.read(request, false)),
                Endpoint.generates(MODEL + ":streamGenerateContent", request -> GeminiRequest.read(request, true)),
                Endpoint.generates(Operation.COUNT_TOKENS, MODEL + ":countTokens", GeminiRequest::readCount),
                Endpoint.generates(Operation.EMBEDDINGS, MODEL + ":embedContent", GeminiEmbeddings::read),
                Endpoint.generates(Operation.EMBEDDINGS, MODEL + ":batchEmbedContents", GeminiEmbeddings::readBatch),
                Endpoint.replies("GET", MODELS, request -> GeminiModels.list()),
                Endpoint.replies("GET", MODEL, request -> GeminiModels.model(request.path())));
    }

    @Override
    public WireError error(Refusal refusal, String requestId) {
        return GeminiErrors.error(refusal);
    }

    @Override
    public Map<AnswerPlace, List<String>> answerPlaces() {
        return Map.of(
                AnswerPlace.PARTS, List.of("/candidates/0/content/parts"),
                AnswerPlace.FINISH_REASON, List.of("/candidates/0/finishReason"),
                AnswerPlace.INPUT_TOKENS, List.of("/usageMetadata/promptTokenCount"),
                AnswerPlace.OUTPUT_TOKENS, List.of("/usageMetadata/candidatesTokenCount"),
                AnswerPlace.CACHED_AMONG_INPUT, List.of("/usageMetadata/cachedContentTokenCount"));
    }

    @Override
    public Map<String, String> requestHeaders(String requestId) {
        return Map.of();
    }
}
