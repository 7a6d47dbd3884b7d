package io.bookstore.api.llm.provider;

/** The wire formats this service speaks. */
public enum ProviderKind {
    ANTHROPIC("anthropic", true, true, "/v1"),
    OPENAI("openai", true, true, "/v1"),
    /** Any server with OpenAI's chat completions: LM Studio, vLLM, Azure. */
    OPENAI_COMPATIBLE("openai", false, false, "/v1"),
    OLLAMA("ollama", false, false, ""),
    GEMINI("gcp.gemini", true, true, "/v1beta"),
    /** Amazon Bedrock's Converse. */
    BEDROCK("aws.bedrock", false, true, "");

    private final String semanticName;
    private final boolean needsKey;
    private final boolean bills;
    private final String simulatorPath;

    ProviderKind(String semanticName, boolean needsKey, boolean bills, String simulatorPath) {
        this.semanticName = semanticName;
        this.needsKey = needsKey;
        this.bills = bills;
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

    /** Whether it stands for a vendor that sends a bill, so that its models ought to have a price. */
    public boolean bills() {
        return bills;
    }

    /** Where the simulator serves this format. */
    String simulatorPath() {
        return simulatorPath;
    }
}
