package io.bookstore.simulator.openai;

import io.bookstore.simulator.limit.LimitReport;
import io.bookstore.simulator.wire.AnswerPlace;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.KeyRule;
import io.bookstore.simulator.wire.Operation;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.WireError;
import io.bookstore.simulator.wire.WireFormat;
import io.bookstore.simulator.wire.WireRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * OpenAI's chat completions, responses, conversations, embeddings, moderations, files, batches and list of models, under its own
 * paths or under Azure's. See {@link OpenAiModel} for the models.
 */
public final class OpenAiFormat implements WireFormat {

    private static final String DEPLOYMENT = "/openai/deployments/[^/]+/";

    private final boolean azure;

    private OpenAiFormat(boolean azure) {
        this.azure = azure;
    }

    public static OpenAiFormat ofOpenAi() {
        return new OpenAiFormat(false);
    }

    public static OpenAiFormat ofAzure() {
        return new OpenAiFormat(true);
    }

    @Override
    public String provider() {
        return "openai";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith(azure ? "/openai/" : "/v1/");
    }

    @Override
    public KeyRule keyRule() {
        return new KeyRule(
                List.of("authorization", "api-key"),
                List.of(),
                "You didn't provide an API key. You need to provide your API key in an Authorization header using"
                        + " Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
    }

    /** https://platform.openai.com/docs/guides/images-vision#image-input-requirements: 50 MB for all images of a request. */
    @Override
    public int maxBodyBytes() {
        return 50 << 20;
    }

    @Override
    public List<Parameters> parameters() {
        return List.of(
                OpenAiRequest.PARAMETERS,
                ResponsesRequest.PARAMETERS,
                OpenAiConversations.PARAMETERS,
                ConversationItems.PARAMETERS,
                OpenAiFiles.PARAMETERS,
                OpenAiBatches.PARAMETERS);
    }

    @Override
    public List<Endpoint> endpoints() {
        return azure
                ? Stream.concat(v1("/openai/v1/"), deployments()).toList()
                : v1("/v1/").toList();
    }

    private static Stream<Endpoint> v1(String path) {
        return Stream.of(
                        answers(path),
                        StoredResponses.endpoints(path),
                        OpenAiConversations.endpoints(path),
                        OpenAiFiles.endpoints(path),
                        OpenAiBatches.endpoints(path))
                .flatMap(endpoints -> endpoints);
    }

    private static Stream<Endpoint> answers(String path) {
        return Stream.of(
                Endpoint.generates(path + "chat/completions", OpenAiRequest::read),
                Endpoint.generates(
                        Operation.CHAT, path + "responses", ResponsesHistory::recall, ResponsesRequest::read),
                Endpoint.generates(
                        Operation.EMBEDDINGS, path + "embeddings", request -> OpenAiEmbeddings.read(request.body())),
                Endpoint.generates(
                        Operation.MODERATION, path + "moderations", request -> OpenAiModeration.read(request.body())),
                Endpoint.replies("GET", path + "models", request -> OpenAiModel.list()),
                Endpoint.replies(
                        "GET",
                        path + "models/[^/:]+",
                        request -> OpenAiModel.document(request.path().substring((path + "models/").length()))));
    }

    private static Stream<Endpoint> deployments() {
        return Stream.of(
                Endpoint.generates(
                        DEPLOYMENT + "chat/completions", request -> OpenAiRequest.read(request, deployment(request))),
                Endpoint.generates(
                        Operation.EMBEDDINGS,
                        DEPLOYMENT + "embeddings",
                        request -> OpenAiEmbeddings.read(request.body(), deployment(request))));
    }

    /** Azure names the deployment in the path and need not repeat it in the body. */
    private static String deployment(WireRequest request) {
        return request.path().split("/", -1)[3];
    }

    @Override
    public WireError error(Refusal refusal, String requestId) {
        return OpenAiErrors.error(refusal);
    }

    @Override
    public Map<AnswerPlace, List<String>> answerPlaces() {
        return Map.of(
                AnswerPlace.TEXT, List.of("/choices/0/delta/content", "/choices/0/message/content", "/choices/0/text"),
                AnswerPlace.PARTS, List.of("/output", "/choices/0/delta/tool_calls", "/choices/0/message/tool_calls"),
                AnswerPlace.FINISH_REASON,
                        List.of(
                                "/choices/0/finish_reason",
                                "/response/incomplete_details/reason",
                                "/incomplete_details/reason"),
                AnswerPlace.INPUT_TOKENS,
                        List.of("/usage/prompt_tokens", "/usage/input_tokens", "/response/usage/input_tokens"),
                AnswerPlace.OUTPUT_TOKENS,
                        List.of("/usage/completion_tokens", "/usage/output_tokens", "/response/usage/output_tokens"),
                AnswerPlace.CACHED_AMONG_INPUT,
                        List.of(
                                "/usage/prompt_tokens_details/cached_tokens",
                                "/usage/input_tokens_details/cached_tokens",
                                "/response/usage/input_tokens_details/cached_tokens"));
    }

    @Override
    public Map<String, String> requestHeaders(String requestId) {
        return Map.of("x-request-id", requestId);
    }

    /** "As unsuccessful requests contribute to your per-minute limit": https://help.openai.com/en/articles/5955604. */
    @Override
    public boolean limitsRefused() {
        return true;
    }

    @Override
    public Map<String, String> limitHeaders(LimitReport report, Instant now) {
        return azure ? OpenAiLimits.azureHeaders(report) : OpenAiLimits.headers(report);
    }
}
