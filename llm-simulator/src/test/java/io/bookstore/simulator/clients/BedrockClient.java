package io.bookstore.simulator.clients;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** software.amazon.awssdk:bedrockruntime. Only its asynchronous client streams. */
final class BedrockClient implements OfficialClient {

    private static final String MODEL = "us.anthropic.claude-3-5-sonnet-20241022-v2:0";
    private static final StaticCredentialsProvider credentials =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));

    // AWS's own limits begin at two seconds, which a busy machine may take to connect.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final BedrockRuntimeClient client;
    private final BedrockRuntimeAsyncClient streaming;

    BedrockClient(URI server) {
        client = BedrockRuntimeClient.builder()
                .httpClientBuilder(patient())
                .endpointOverride(server)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        streaming = BedrockRuntimeAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .connectionTimeout(PATIENCE)
                        .connectionAcquisitionTimeout(PATIENCE)
                        .readTimeout(PATIENCE))
                .endpointOverride(server)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    /** Waits for minutes where AWS's own defaults are seconds. */
    static Apache5HttpClient.Builder patient() {
        return Apache5HttpClient.builder()
                .connectionTimeout(PATIENCE)
                .connectionAcquisitionTimeout(PATIENCE)
                .socketTimeout(PATIENCE);
    }

    @Override
    public Reply document(String prompt, int maxTokens) {
        ConverseResponse response = client.converse(request -> request.modelId(MODEL)
                .inferenceConfig(config -> config.maxTokens(maxTokens))
                .messages(message(prompt)));
        return new Reply(
                response.output().message().content().get(0).text(),
                response.stopReasonAsString(),
                response.usage().inputTokens(),
                response.usage().outputTokens());
    }

    @Override
    public Reply stream(String prompt, int maxTokens) {
        StringBuilder text = new StringBuilder();
        AtomicReference<String> stopReason = new AtomicReference<>();
        AtomicReference<TokenUsage> usage = new AtomicReference<>();
        ConverseStreamResponseHandler handler = ConverseStreamResponseHandler.builder()
                .subscriber(ConverseStreamResponseHandler.Visitor.builder()
                        .onContentBlockDelta(event -> text.append(event.delta().text()))
                        .onMessageStop(event -> stopReason.set(event.stopReasonAsString()))
                        .onMetadata(event -> usage.set(event.usage()))
                        .build())
                .build();
        try {
            streaming
                    .converseStream(
                            request -> request.modelId(MODEL)
                                    .inferenceConfig(config -> config.maxTokens(maxTokens))
                                    .messages(message(prompt)),
                            handler)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        if (usage.get() == null) {
            throw new UnnoticedCutException();
        }
        return new Reply(
                text.toString(),
                stopReason.get(),
                usage.get().inputTokens(),
                usage.get().outputTokens());
    }

    @Override
    public void close() {
        client.close();
        streaming.close();
    }

    private static Message message(String prompt) {
        return Message.builder()
                .role(ConversationRole.USER)
                .content(ContentBlock.fromText(prompt))
                .build();
    }
}
