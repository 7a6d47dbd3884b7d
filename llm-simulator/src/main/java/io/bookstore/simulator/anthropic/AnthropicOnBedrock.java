package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.image.DocumentBytes;
import io.bookstore.simulator.wire.Answer.Thoughts;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.ReasoningRules;
import io.bookstore.simulator.wire.RefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's messages in the body of Bedrock's {@code InvokeModel}, where path and operation say what {@code model} and
 * {@code stream} do elsewhere:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html.
 */
public final class AnthropicOnBedrock {

    private static final String FAMILY = "claude";
    private static final String VERSION = "anthropic_version";
    private static final List<String> OF_BEDROCK = List.of(VERSION, "anthropic_beta");
    private static final List<String> ELSEWHERE = List.of("model", "stream");

    /** The input tokens of the thoughts that a request repeats. */
    public interface ThoughtTokens {

        /**
         * The tokens of one.
         *
         * @param block   as Anthropic has it
         * @param message its index
         * @param path    of the block, for a refusal
         */
        int of(JsonNode block, int message, String path);
    }

    private AnthropicOnBedrock() {}

    /** Returns whether it is one of Anthropic's models; an inference profile of one's own does not tell, and is taken for one. */
    public static boolean serves(String modelId) {
        return modelId.contains(FAMILY) || modelId.startsWith("arn:");
    }

    /**
     * Reads a request.
     *
     * @throws RefusedException if it is none
     */
    public static GenerationRequest read(JsonNode body, String modelId, boolean streaming) {
        ObjectNode message = message(body, modelId);
        return AnthropicRequest.read(message.put("stream", streaming), betas(body));
    }

    /**
     * Reads a request whose tokens are to be counted.
     *
     * @throws RefusedException if it is none
     */
    public static GenerationRequest readCount(JsonNode body, String modelId) {
        return AnthropicRequest.readCount(message(body, modelId), betas(body));
    }

    /**
     * Reads the thinking of a request in Bedrock's own form, which has it among the fields of the model.
     *
     * @param maxTokens null if the request sets no limit
     * @throws RefusedException if the model does not think, or not like that
     */
    public static ReasoningRules thinking(JsonNode modelFields, String modelId, @Nullable Integer maxTokens) {
        return AnthropicThinking.read(modelFields, name(modelId), maxTokens, betas(modelFields));
    }

    /**
     * Reads the thoughts in messages, of which roles and types of blocks count.
     *
     * @throws RefusedException if one is at the end of a message
     */
    public static ThoughtTokens thoughts(JsonNode messages, String modelId) {
        AnthropicThoughts.requireOtherEnds(messages);
        return AnthropicThoughts.of(messages, name(modelId))::tokens;
    }

    private static AnthropicBetas betas(JsonNode body) {
        Set<String> betas = new HashSet<>();
        body.path("anthropic_beta").forEach(beta -> betas.add(beta.asText()));
        return AnthropicBetas.withoutFiles(betas);
    }

    /** The tokens of a document by its bytes, in base64. */
    public static int documentTokens(String base64) {
        return AnthropicDocuments.ofBytes(DocumentBytes.decoded(base64));
    }

    /** The signature of thoughts, the same in all forms of Anthropic's models. */
    public static String signature(Thoughts thoughts) {
        return ThoughtSeal.signature(thoughts);
    }

    /** The data of redacted thoughts, in base64. */
    public static String redacted(Thoughts thoughts) {
        return ThoughtSeal.data(thoughts);
    }

    private static String name(String modelId) {
        return modelId.contains(FAMILY) ? modelId.substring(modelId.indexOf(FAMILY)) : FAMILY;
    }

    private static ObjectNode message(JsonNode body, String modelId) {
        if (!body.path(VERSION).isTextual()) {
            throw malformed("required key [" + VERSION + "] not found");
        }
        ELSEWHERE.stream().filter(body::has).findFirst().ifPresent(key -> {
            throw malformed("extraneous key [" + key + "] is not permitted");
        });
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.setAll((ObjectNode) body);
        message.remove(OF_BEDROCK);
        return message.put("model", name(modelId));
    }

    private static RefusedException malformed(String what) {
        return AnthropicRequest.invalid(
                "Malformed input request: #: " + what + ", please reformat your input and try again.");
    }
}
