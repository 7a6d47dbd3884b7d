package io.bookstore.llm.readme;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.openai.InstrumentedOpenAi;

/** The page's example for the official OpenAI SDK, so that it compiles. */
final class OpenAiExamples {

    OpenAIClient wrapped(GenAiTelemetry telemetry) {
        OpenAIClient client = InstrumentedOpenAi.wrap(OpenAIOkHttpClient.fromEnv(), telemetry);
        return client;
    }
}
