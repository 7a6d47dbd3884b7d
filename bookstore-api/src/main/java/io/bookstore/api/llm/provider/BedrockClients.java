package io.bookstore.api.llm.provider;

import io.bookstore.api.llm.call.LlmConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

/**
 * The AWS clients of the providers of kind {@code bedrock}, each made when it is first needed: loading the SDK takes longer
 * than all else at start.
 *
 * <p>A key is a Bedrock API key and goes out as a bearer token; without one the standard chain of AWS finds credentials:
 * environment, profile, web identity, container or instance.
 */
@Singleton
final class BedrockClients {

    private static final Pattern HOST = Pattern.compile("bedrock-runtime[a-z-]*\\.([a-z0-9-]+)\\.amazonaws\\.com.*");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final LlmConfig config;
    private final List<BedrockRuntimeAsyncClient> made = new CopyOnWriteArrayList<>();

    BedrockClients(LlmConfig config) {
        this.config = config;
    }

    ChatClient of(ProviderConfig provider) {
        boolean keyed = !provider.apiKey().isBlank();
        AwsRequestOverrideConfiguration.Builder everyRequest = AwsRequestOverrideConfiguration.builder();
        if (keyed) {
            everyRequest.putHeader("Authorization", "Bearer " + provider.apiKey());
        }
        return new BedrockChat(new Once(() -> client(provider, keyed)), everyRequest.build(), config.stream());
    }

    private BedrockRuntimeAsyncClient client(ProviderConfig provider, boolean keyed) {
        BedrockRuntimeAsyncClient client = BedrockRuntimeAsyncClient.builder()
                .endpointOverride(URI.create(provider.baseUrl()))
                .region(region(provider.baseUrl()))
                .credentialsProvider(
                        keyed
                                ? AnonymousCredentialsProvider.create()
                                : DefaultCredentialsProvider.builder().build())
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .protocol(Protocol.HTTP1_1)
                        .maxConcurrency(provider.maxConcurrentCalls())
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .readTimeout(config.deadline()))
                // Its own retries know neither our deadline nor our budget of retries.
                .overrideConfiguration(sdk -> sdk.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new BedrockAnswers(ChatClients.MAX_ANSWER_BYTES)))
                .build();
        made.add(client);
        return client;
    }

    /** The region in the name of an AWS endpoint, else that of the environment: another name may be a proxy's. */
    static Region region(String baseUrl) {
        Matcher host = HOST.matcher(String.valueOf(URI.create(baseUrl).getHost()));
        if (host.matches()) {
            return Region.of(host.group(1));
        }
        String configured = System.getenv("AWS_REGION");
        return configured == null || configured.isBlank() ? Region.US_EAST_1 : Region.of(configured);
    }

    @PreDestroy
    void close() {
        made.forEach(BedrockRuntimeAsyncClient::close);
    }

    /** Makes the client with the first request, once. */
    private static final class Once implements Supplier<BedrockRuntimeAsyncClient> {

        private final Supplier<BedrockRuntimeAsyncClient> source;
        private @Nullable BedrockRuntimeAsyncClient client;

        Once(Supplier<BedrockRuntimeAsyncClient> source) {
            this.source = source;
        }

        @Override
        public synchronized BedrockRuntimeAsyncClient get() {
            BedrockRuntimeAsyncClient current = client;
            if (current == null) {
                current = source.get();
                client = current;
            }
            return current;
        }
    }
}
