package io.bookstore.api.llm;

/** The wire formats this service speaks. */
public enum ProviderKind {
    ANTHROPIC("anthropic", true, "/v1"),
    OPENAI("openai", true, "/v1"),
    /** Any server with OpenAI's chat completions: LM Studio, vLLM, Azure. */
    OPENAI_COMPATIBLE("openai", false, "/v1"),
    OLLAMA("ollama", false, ""),
    GEMINI("gcp.gemini", true, "/v1beta"),
    /** Amazon Bedrock's Converse. */
    BEDROCK("aws.bedrock", false, "");

    private final String semanticName;
    private final boolean needsKey;
    private final String simulatorPath;

    ProviderKind(String semanticName, boolean needsKey, String simulatorPath) {
        this.semanticName = semanticName;
        this.needsKey = needsKey;
        this.simulatorPath = simulatorPath;
    }

    /** The value of {@code gen_ai.provider.name}. */
    String semanticName() {
        return semanticName;
    }

    /** Whether the provider is of no use without a key. */
    boolean needsKey() {
        return needsKey;
    }

    /** Where the simulator serves this format. */
    String simulatorPath() {
        return simulatorPath;
    }
}
