package io.bookstore.api.llm.provider;

import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmFailure;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/**
 * Amazon Bedrock's Converse, over the AWS SDK. The SDK's client is made with the first request: loading the SDK takes
 * longer than everything else at start.
 *
 * <p>A key is a Bedrock API key and goes out as a bearer token; without one the standard chain of AWS finds credentials:
 * environment, profile, web identity, container or instance.
 */
final class BedrockClient implements ProviderClient {

    private static final Pattern HOST = Pattern.compile("bedrock-runtime[a-z-]*\\.([a-z0-9-]+)\\.amazonaws\\.com.*");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Override
    public ChatClient streaming(ProviderConfig provider, ChatClients parts) {
        return chat(provider, parts, true);
    }

    @Override
    public ChatClient whole(ProviderConfig provider, ChatClients parts) {
        return chat(provider, parts, false);
    }

    private static ChatClient chat(ProviderConfig provider, ChatClients parts, boolean stream) {
        AwsRequestOverrideConfiguration.Builder everyRequest = AwsRequestOverrideConfiguration.builder();
        if (hasKey(provider)) {
            everyRequest.putHeader("Authorization", "Bearer " + provider.apiKey());
        }
        return new BedrockChat(new Once(() -> sdkClient(provider, parts)), everyRequest.build(), stream);
    }

    private static BedrockRuntimeAsyncClient sdkClient(ProviderConfig provider, ChatClients parts) {
        BedrockRuntimeAsyncClient client = BedrockRuntimeAsyncClient.builder()
                .endpointOverride(URI.create(provider.baseUrl()))
                .region(region(provider.baseUrl()))
                .credentialsProvider(
                        hasKey(provider)
                                ? AnonymousCredentialsProvider.create()
                                : DefaultCredentialsProvider.builder().build())
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .protocol(Protocol.HTTP1_1)
                        .maxConcurrency(provider.maxConcurrentCalls())
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .readTimeout(parts.deadline()))
                // Its own retries know neither our deadline nor our budget of retries.
                .overrideConfiguration(sdk -> sdk.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new BedrockAnswers(ChatClients.MAX_ANSWER_BYTES)))
                .build();
        parts.closeAtEnd(client::close);
        return client;
    }

    private static boolean hasKey(ProviderConfig provider) {
        return !provider.apiKey().isBlank();
    }

    /** Returns the region in the name of an AWS endpoint, else that of the environment: another name may be a proxy's. */
    static Region region(String baseUrl) {
        Matcher host = HOST.matcher(String.valueOf(URI.create(baseUrl).getHost()));
        if (host.matches()) {
            return Region.of(host.group(1));
        }
        String configured = System.getenv("AWS_REGION");
        return configured == null || configured.isBlank() ? Region.US_EAST_1 : Region.of(configured);
    }

    @Override
    public @Nullable LlmFailure failureOf(int status, String body) {
        return status == 429 && body.contains("tokens per day") ? LlmFailure.QUOTA_EXHAUSTED : null;
    }

    @Override
    public @Nullable Integer statusOf(Throwable cause) {
        return cause instanceof AwsServiceException answer && answer.statusCode() != 0
                ? Integer.valueOf(answer.statusCode())
                : null;
    }

    /** Returns the failure that an exception of the AWS SDK stands for. */
    static LlmException failure(Throwable thrown) {
        if (thrown instanceof AwsServiceException answer) {
            return FailureClassifier.failure(failureOf(answer), retryAfter(answer), answer);
        }
        // The chain of credentials found none, or those it found have expired.
        if (thrown instanceof SdkClientException
                && String.valueOf(thrown.getMessage()).contains("credentials")) {
            return FailureClassifier.failure(LlmFailure.AUTHENTICATION, null, thrown);
        }
        return FailureClassifier.classify(thrown);
    }

    private static LlmFailure failureOf(AwsServiceException answer) {
        // An exception that came within a stream has no status, and 424 is a failure of the model, not of the request.
        if (answer instanceof ModelErrorException
                || answer instanceof ModelStreamErrorException
                || answer instanceof InternalServerException) {
            return LlmFailure.SERVER_ERROR;
        }
        if (answer instanceof ThrottlingException) {
            return FailureClassifier.ofStatus(429, String.valueOf(answer.getMessage()));
        }
        return answer instanceof ServiceUnavailableException
                ? LlmFailure.OVERLOADED
                : FailureClassifier.ofStatus(answer.statusCode(), String.valueOf(answer.getMessage()));
    }

    private static @Nullable Duration retryAfter(AwsServiceException answer) {
        if (answer.awsErrorDetails() == null || answer.awsErrorDetails().sdkHttpResponse() == null) {
            return null;
        }
        return answer.awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("Retry-After")
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
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
