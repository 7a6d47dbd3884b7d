package io.bookstore.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.opentelemetry.api.OpenTelemetry;

/** Wraps a client twice and calls it; tells how often it stayed the client that it was. */
public final class OldSdkProgram {

    private OldSdkProgram() {}

    public static String run() {
        GenAiTelemetry telemetry = GenAiTelemetry.create(OpenTelemetry.noop());
        int unwrapped = 0;
        try (SimulatorServer server =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"))) {
            OpenAIClient bare = OpenAIOkHttpClient.builder()
                    .baseUrl(server.baseUrl() + "/v1")
                    .apiKey("none")
                    .maxRetries(0)
                    .build();
            for (int i = 0; i < 2; i++) {
                OpenAIClient client = InstrumentedOpenAi.wrap(bare, telemetry);
                SdkCall.CHAT.blocking(client);
                unwrapped += client == bare ? 1 : 0;
            }
            bare.close();
        }
        return "unwrapped " + unwrapped;
    }
}
