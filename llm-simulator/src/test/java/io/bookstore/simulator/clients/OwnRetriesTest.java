package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.responses.ResponseCreateParams;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.verdict.ClientVerdicts;
import io.bookstore.simulator.verdict.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** The behaviour of the providers' own clients with their retries, which all of them have by default. */
@Execution(ExecutionMode.CONCURRENT) // They mostly wait, each for a server of its own.
@Order(1)
class OwnRetriesTest {

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anthropicsComesBackTwiceAndWhenItWasAskedTo() {
        failing("429:1");

        assertThatThrownBy(() -> AnthropicOkHttpClient.builder()
                        .baseUrl(server.baseUrl().toString())
                        .apiKey("any")
                        .build()
                        .messages()
                        .create(MessageCreateParams.builder()
                                .model("claude-sonnet-4-5")
                                .maxTokens(20)
                                .addUserMessage("Emma")
                                .build()))
                .isInstanceOf(com.anthropic.errors.RateLimitException.class);

        assertThat(only().attempts()).isEqualTo(3);
        assertThat(only().good()).isTrue();
        assertThat(named("retry-after-honoured").cases()).isEqualTo(2);
    }

    @Test
    void openAisAsksAgainWhenTheMoneyIsSpent() {
        failing("insufficient-quota");

        assertThatThrownBy(() -> OpenAIOkHttpClient.builder()
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("any")
                        .build()
                        .responses()
                        .create(ResponseCreateParams.builder()
                                .model("gpt-4o-mini")
                                .input("Emma")
                                .build()))
                .isInstanceOf(com.openai.errors.RateLimitException.class);

        assertThat(only().attempts()).isEqualTo(3);
        assertThat(named("quota-not-retried").good()).isFalse();
    }

    @Test
    void awssMakesFourAttempts() {
        failing("503");

        assertThatThrownBy(() -> bedrock(server)
                        .converse(request -> request.modelId("amazon.nova-lite-v1:0")
                                .messages(Message.builder()
                                        .role("user")
                                        .content(ContentBlock.fromText("Emma"))
                                        .build())))
                .hasMessageContaining("Injected fault 503");

        assertThat(only().attempts()).isEqualTo(4);
        assertThat(named("retries-bounded").good()).isFalse();
    }

    /** Each of these waits longer from retry to retry: none is taken for a client that does not back off. */
    @ParameterizedTest
    @EnumSource
    void clientThatIsNotToldHowLongToWaitBacksOff(Retrying client) {
        failing("503");

        client.ask(server);

        assertThat(named("retries-back-off").cases()).isEqualTo(1);
        assertThat(named("retries-back-off").good()).isTrue();
    }

    /** The clients with their own retries, asked under a key of the call's own. */
    enum Retrying {
        ANTHROPIC {
            @Override
            void ask(SimulatorServer server) {
                assertThatThrownBy(() -> OfficialSdks.anthropic(server)
                                .messages()
                                .create(MessageCreateParams.builder()
                                        .model("claude-sonnet-4-5")
                                        .maxTokens(20)
                                        .addUserMessage("Emma")
                                        .putAdditionalHeader("x-request-id", "r-1")
                                        .build()))
                        .hasMessageContaining("503");
            }
        },
        OPENAI {
            @Override
            void ask(SimulatorServer server) {
                assertThatThrownBy(() -> OfficialSdks.openAi(server)
                                .responses()
                                .create(ResponseCreateParams.builder()
                                        .model("gpt-4o-mini")
                                        .input("Emma")
                                        .putAdditionalHeader("x-request-id", "r-1")
                                        .build()))
                        .hasMessageContaining("503");
            }
        },
        BEDROCK {
            @Override
            void ask(SimulatorServer server) {
                BedrockRuntimeClient client = bedrock(server);
                for (int call = 0; call < 5; call++) {
                    String key = "r-" + call;
                    assertThatThrownBy(() -> client.converse(request -> request.modelId("amazon.nova-lite-v1:0")
                                    .overrideConfiguration(override -> override.putHeader("x-request-id", key))
                                    .messages(Message.builder()
                                            .role("user")
                                            .content(ContentBlock.fromText("Emma"))
                                            .build())))
                            .hasMessageContaining("Injected fault 503");
                }
            }
        };

        abstract void ask(SimulatorServer server);
    }

    private static BedrockRuntimeClient bedrock(SimulatorServer server) {
        return BedrockRuntimeClient.builder()
                .httpClientBuilder(BedrockClient.patient())
                .endpointOverride(server.baseUrl())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }

    private void failing(String fault) {
        server.behave(Behaviour.defaults().withProfile(Profiles.named("zero")).withFaults(FaultRule.always(fault)));
    }

    private ClientVerdicts only() {
        assertThat(server.verdicts()).hasSize(1);
        return server.verdicts().get(0);
    }

    private Verdict named(String name) {
        return only().verdicts().stream()
                .filter(verdict -> verdict.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
