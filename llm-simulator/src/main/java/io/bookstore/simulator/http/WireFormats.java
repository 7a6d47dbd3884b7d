package io.bookstore.simulator.http;

import io.bookstore.simulator.anthropic.AnthropicFormat;
import io.bookstore.simulator.bedrock.BedrockFormat;
import io.bookstore.simulator.gemini.GeminiFormat;
import io.bookstore.simulator.ollama.OllamaFormat;
import io.bookstore.simulator.openai.OpenAiFormat;
import io.bookstore.simulator.wire.WireFormat;
import java.util.List;

/** The wire formats that the simulator speaks and reads, one line each. */
public final class WireFormats {

    /** All of them; the last one refuses paths that none owns. */
    public static final List<WireFormat> ALL = List.of(
            new AnthropicFormat(),
            new OllamaFormat(),
            new GeminiFormat(),
            new BedrockFormat(),
            OpenAiFormat.ofAzure(),
            OpenAiFormat.ofOpenAi());

    private WireFormats() {}
}
