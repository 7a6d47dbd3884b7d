package io.bookstore.llm.readme;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.anthropic.InstrumentedAnthropic;

/** The page's example for the official SDK of Anthropic, so that it compiles. */
final class AnthropicExamples {

    AnthropicClient wrapped(GenAiTelemetry telemetry) {
        AnthropicClient client = InstrumentedAnthropic.wrap(AnthropicOkHttpClient.fromEnv(), telemetry);
        return client;
    }
}
