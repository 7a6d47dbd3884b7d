package io.bookstore.simulator.anthropic;

import io.bookstore.simulator.limit.LimitReport;
import io.bookstore.simulator.wire.AnswerPlace;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.KeyRule;
import io.bookstore.simulator.wire.Operation;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.WireError;
import io.bookstore.simulator.wire.WireFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Anthropic's Messages API, version 2023-06-01. */
public final class AnthropicFormat implements WireFormat {

    @Override
    public String provider() {
        return "anthropic";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/v1/messages");
    }

    @Override
    public boolean isMeantBy(Function<String, @Nullable String> header, String query) {
        return header.apply("anthropic-version") != null || header.apply("x-api-key") != null;
    }

    @Override
    public KeyRule keyRule() {
        return new KeyRule(List.of("x-api-key", "authorization"), List.of(), "x-api-key header is required");
    }

    /** The header of the version, of which there is one (https://docs.claude.com/en/api/versioning). */
    @Override
    public String requiredHeader() {
        return "anthropic-version";
    }

    /** https://docs.claude.com/en/api/overview#request-size-limits: 32 MB. */
    @Override
    public int maxBodyBytes() {
        return 32 << 20;
    }

    @Override
    public List<Parameters> parameters() {
        return List.of(AnthropicRequest.PARAMETERS, AnthropicBatches.PARAMETERS, AnthropicFiles.PARAMETERS);
    }

    @Override
    public List<Endpoint> endpoints() {
        return Stream.of(answers(), AnthropicBatches.endpoints(), AnthropicFiles.endpoints())
                .flatMap(endpoints -> endpoints)
                .toList();
    }

    private static Stream<Endpoint> answers() {
        return Stream.of(
                Endpoint.generates(
                        "/v1/messages", request -> AnthropicRequest.read(request.body(), AnthropicBetas.of(request))),
                Endpoint.generates(
                        Operation.COUNT_TOKENS,
                        "/v1/messages/count_tokens",
                        request -> AnthropicRequest.readCount(request.body(), AnthropicBetas.of(request))),
                Endpoint.replies("GET", "/v1/models", request -> AnthropicModels.list()),
                Endpoint.replies("GET", "/v1/models/[^/]+", request -> AnthropicModels.model(request.path())));
    }

    @Override
    public WireError error(Refusal refusal, String requestId) {
        return AnthropicErrors.error(refusal, requestId);
    }

    @Override
    public Map<AnswerPlace, List<String>> answerPlaces() {
        return Map.of(
                AnswerPlace.TEXT, List.of("/delta/text", "/delta/partial_json"),
                AnswerPlace.PARTS, List.of("/content", "/content_block"),
                AnswerPlace.FINISH_REASON, List.of("/stop_reason", "/delta/stop_reason"),
                AnswerPlace.INPUT_TOKENS, List.of("/usage/input_tokens", "/message/usage/input_tokens"),
                AnswerPlace.OUTPUT_TOKENS, List.of("/usage/output_tokens", "/message/usage/output_tokens"));
    }

    @Override
    public Map<String, String> requestHeaders(String requestId) {
        return Map.of("request-id", requestId);
    }

    /** False for all models but some of 2024: https://docs.claude.com/en/api/rate-limits#cache-aware-itpm. */
    @Override
    public boolean limitsCachedTokens() {
        return false;
    }

    @Override
    public Map<String, String> limitHeaders(LimitReport report, Instant now) {
        return AnthropicLimits.headers(report, now);
    }
}
