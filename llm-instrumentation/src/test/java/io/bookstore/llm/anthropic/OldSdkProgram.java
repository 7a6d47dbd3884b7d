package io.bookstore.llm.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
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
            AnthropicClient bare = AnthropicOkHttpClient.builder()
                    .baseUrl(server.baseUrl().toString())
                    .apiKey("none")
                    .maxRetries(0)
                    .build();
            for (int i = 0; i < 2; i++) {
                AnthropicClient client = InstrumentedAnthropic.wrap(bare, telemetry);
                SdkCall.MESSAGE.blocking(client);
                unwrapped += client == bare ? 1 : 0;
            }
            bare.close();
        }
        return "unwrapped " + unwrapped;
    }
}
