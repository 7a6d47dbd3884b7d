package io.bookstore.api.llm.provider;

/** The wire formats this service speaks. */
public enum ProviderKind {
    ANTHROPIC("anthropic", true, true, "/v1", new AnthropicClient()),
    OPENAI("openai", true, true, "/v1", new OpenAiClient()),
    /** Any server with OpenAI's chat completions: LM Studio, vLLM, Azure. */
    OPENAI_COMPATIBLE("openai", false, false, "/v1", new OpenAiClient()),
    OLLAMA("ollama", false, false, "", new OllamaClient()),
    GEMINI("gcp.gemini", true, true, "/v1beta", new GeminiClient()),
    /** Amazon Bedrock's Converse. */
    BEDROCK("aws.bedrock", false, true, "", new BedrockClient());

    private final String semanticName;
    private final boolean needsKey;
    private final boolean bills;
    private final String simulatorPath;
    private final ProviderClient client;

    ProviderKind(String semanticName, boolean needsKey, boolean bills, String simulatorPath, ProviderClient client) {
        this.semanticName = semanticName;
        this.needsKey = needsKey;
        this.bills = bills;
        this.simulatorPath = simulatorPath;
        this.client = client;
    }

    /** The value of {@code gen_ai.provider.name}. */
    String semanticName() {
        return semanticName;
    }

    /** Returns whether the provider is of no use without a key. */
    public boolean needsKey() {
        return needsKey;
    }

    /** Returns whether it stands for a vendor that sends a bill, so that its models ought to have a price. */
    public boolean bills() {
        return bills;
    }

    /** The path at which the simulator serves this format. */
    String simulatorPath() {
        return simulatorPath;
    }

    /** The client of the wire format. */
    ProviderClient client() {
        return client;
    }
}
