package io.bookstore.llm.cost;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A name under which the price list may have a model.
 *
 * @param regionalFactor what the model costs more outside a global profile than its row says
 */
record ModelName(String provider, String model, BigDecimal regionalFactor) {

    static final String BEDROCK = "aws.bedrock";

    private static final String ANTHROPIC = "anthropic";
    private static final String CLAUDE_ON_BEDROCK = "anthropic.";
    // Claude 4.5 and later, https://docs.anthropic.com/en/docs/about-claude/pricing, "regional endpoints"; older ones
    // have rows of their own.
    private static final BigDecimal BEDROCK_REGION = new BigDecimal("1.10");
    // ft:gpt-4o-mini-2024-07-18:organisation:name:id
    private static final Pattern FINE_TUNED = Pattern.compile("^(ft:[^:]+):.*");
    // models/gemini-2.5-flash, projects/p/locations/l/publishers/anthropic/models/claude-opus-4-6,
    // arn:aws:bedrock:eu-west-1:1234:inference-profile/eu.anthropic.claude-sonnet-4-6
    private static final Pattern PATH = Pattern.compile("^(?:arn:aws[a-z-]*:bedrock:.*/|(?:.*/)?models/)");

    /** The names to look up, one after the other, until one has a price: the provider's own rows go first. */
    static List<ModelName> of(String provider, String model) {
        String bare = FINE_TUNED.matcher(withoutPath(model)).replaceFirst("$1");
        ModelName own = new ModelName(provider, bare, BigDecimal.ONE);
        return switch (provider) {
            case "azure.ai.openai" -> List.of(own, new ModelName("openai", bare, BigDecimal.ONE));
            case "gcp.vertex_ai", "gcp.gen_ai" ->
                List.of(
                        own,
                        new ModelName(bare.startsWith("claude-") ? ANTHROPIC : "gcp.gemini", bare, BigDecimal.ONE));
            case BEDROCK -> {
                String everywhere = Price.INFERENCE_PROFILE.matcher(bare).replaceFirst("");
                yield everywhere.startsWith(CLAUDE_ON_BEDROCK)
                        ? List.of(
                                own,
                                new ModelName(
                                        ANTHROPIC, everywhere.substring(CLAUDE_ON_BEDROCK.length()), BEDROCK_REGION))
                        : List.of(own);
            }
            default -> List.of(own);
        };
    }

    /** The last part of a resource name; any other name as it is. */
    static String withoutPath(String model) {
        return PATH.matcher(model).replaceFirst("");
    }
}
