package io.bookstore.simulator.bedrock;

import io.bookstore.simulator.wire.AnswerPlace;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.KeyRule;
import io.bookstore.simulator.wire.Operation;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.WireError;
import io.bookstore.simulator.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Amazon Bedrock's Converse and InvokeModel, each as a document and as a stream. Signatures are not checked. */
public final class BedrockFormat implements WireFormat {

    private static final String MODEL = "/model/[^/]+/";
    private static final String TITAN_EMBEDDINGS = "/model/[^/]*titan-embed[^/]*/";

    @Override
    public String provider() {
        return "bedrock";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/model/");
    }

    @Override
    public KeyRule keyRule() {
        return new KeyRule(List.of("authorization"), List.of("X-Amz-Signature="), "Missing Authentication Token");
    }

    /** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html: 20 MB. */
    @Override
    public int maxBodyBytes() {
        return 20 << 20;
    }

    @Override
    public List<Parameters> parameters() {
        return List.of(BedrockRequest.PARAMETERS, BedrockRequest.CONFIG_PARAMETERS);
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.generates(MODEL + "converse", request -> BedrockRequest.read(request, false)),
                Endpoint.generates(MODEL + "converse-stream", request -> BedrockRequest.read(request, true)),
                // Before the other models: of two routes with the same path the first is taken.
                Endpoint.generates(Operation.EMBEDDINGS, TITAN_EMBEDDINGS + "invoke", TitanEmbeddings::read),
                Endpoint.generates(MODEL + "invoke", request -> BedrockInvoke.read(request, false)),
                Endpoint.generates(MODEL + "invoke-with-response-stream", request -> BedrockInvoke.read(request, true)),
                Endpoint.generates(Operation.COUNT_TOKENS, MODEL + "count-tokens", BedrockInvoke::readCount));
    }

    @Override
    public WireError error(Refusal refusal, String requestId) {
        return new WireError(BedrockErrors.status(refusal), BedrockErrors.body(refusal));
    }

    @Override
    public Map<AnswerPlace, List<String>> answerPlaces() {
        return Map.of(
                AnswerPlace.TEXT, List.of("/delta/text", "/delta/toolUse/input"),
                AnswerPlace.PARTS, List.of("/output/message/content", "/start"),
                AnswerPlace.FINISH_REASON, List.of("/stopReason"),
                AnswerPlace.INPUT_TOKENS, List.of("/usage/inputTokens"),
                AnswerPlace.OUTPUT_TOKENS, List.of("/usage/outputTokens"));
    }

    /** A UUID, as all of AWS has. */
    @Override
    public Map<String, String> requestHeaders(String requestId) {
        return Map.of(
                "x-amzn-requestid",
                UUID.nameUUIDFromBytes(requestId.getBytes(StandardCharsets.UTF_8))
                        .toString());
    }

    @Override
    public Map<String, String> refusalHeaders(Refusal refusal) {
        return Map.of("x-amzn-errortype", BedrockErrors.exception(refusal));
    }

    /** False: its clients back off by themselves. */
    @Override
    public boolean tellsHowLongToWait() {
        return false;
    }
}
