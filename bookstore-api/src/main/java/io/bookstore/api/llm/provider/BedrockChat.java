package io.bookstore.api.llm.provider;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.bookstore.api.llm.call.Deadline;
import io.bookstore.api.llm.call.RequestKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/**
 * Amazon Bedrock's Converse, over the AWS SDK: one attempt ends at the deadline at the latest, and at the socket.
 *
 * <p>RATIONALE.md says why it does not use LangChain4j's module.
 */
final class BedrockChat implements ChatClient {

    private final Supplier<BedrockRuntimeAsyncClient> client;
    private final AwsRequestOverrideConfiguration everyRequest;
    private final boolean stream;

    /** @param client asked for with each attempt, so that a provider that is never used costs nothing at start */
    BedrockChat(
            Supplier<BedrockRuntimeAsyncClient> client, AwsRequestOverrideConfiguration everyRequest, boolean stream) {
        this.client = client;
        this.everyRequest = everyRequest;
        this.stream = stream;
    }

    @Override
    public ChatReply ask(ChatRequest request, Deadline deadline, AnswerWatch watch) throws Exception {
        return stream ? streamed(request, deadline, watch) : whole(request, deadline, watch);
    }

    private ChatReply whole(ChatRequest request, Deadline deadline, AnswerWatch watch) throws Exception {
        ConverseResponse response = await(
                client.get()
                        .converse(ConverseRequest.builder()
                                .modelId(request.modelName())
                                .system(system(request))
                                .messages(messages(request))
                                .inferenceConfig(inference(request))
                                .overrideConfiguration(ofRequest(watch))
                                .build()),
                deadline);
        StringBuilder text = new StringBuilder();
        for (ContentBlock block : response.output().message().content()) {
            text.append(block.text() == null ? "" : block.text());
        }
        return new ChatReply(reply(text.toString(), response.stopReason(), response.usage()), null);
    }

    private ChatReply streamed(ChatRequest request, Deadline deadline, AnswerWatch watch) throws Exception {
        Answer answer = new Answer(watch);
        await(
                client.get()
                        .converseStream(
                                ConverseStreamRequest.builder()
                                        .modelId(request.modelName())
                                        .system(system(request))
                                        .messages(messages(request))
                                        .inferenceConfig(inference(request))
                                        .overrideConfiguration(ofRequest(watch))
                                        .build(),
                                answer.handler()),
                deadline);
        return answer.reply();
    }

    private static <T> T await(CompletableFuture<T> call, Deadline deadline) throws Exception {
        try {
            return call.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException e) {
            // The SDK closes the connection of a call that is cancelled.
            call.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw BedrockClient.failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private AwsRequestOverrideConfiguration ofRequest(AnswerWatch watch) {
        AwsRequestOverrideConfiguration.Builder request =
                everyRequest.toBuilder().putExecutionAttribute(BedrockAnswers.WATCH, watch);
        RequestKey.headers().forEach(request::putHeader);
        return request.build();
    }

    private static List<SystemContentBlock> system(ChatRequest request) {
        return request.messages().stream()
                .filter(SystemMessage.class::isInstance)
                .map(message -> SystemContentBlock.fromText(((SystemMessage) message).text()))
                .toList();
    }

    private static List<Message> messages(ChatRequest request) {
        return request.messages().stream()
                .filter(UserMessage.class::isInstance)
                .map(message -> Message.builder()
                        .role(ConversationRole.USER)
                        .content(ContentBlock.fromText(((UserMessage) message).singleText()))
                        .build())
                .toList();
    }

    private static InferenceConfiguration inference(ChatRequest request) {
        return InferenceConfiguration.builder()
                .maxTokens(request.maxOutputTokens())
                .temperature(
                        request.temperature() == null
                                ? null
                                : request.temperature().floatValue())
                .build();
    }

    private static ChatResponse reply(
            String text,
            @Nullable StopReason stopReason,
            software.amazon.awssdk.services.bedrockruntime.model.@Nullable TokenUsage usage) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .tokenUsage(usage == null ? null : new TokenUsage(usage.inputTokens(), usage.outputTokens()))
                .finishReason(finishReason(stopReason))
                .build();
    }

    private static @Nullable FinishReason finishReason(@Nullable StopReason reason) {
        if (reason == null) {
            return null;
        }
        return switch (reason) {
            case END_TURN, STOP_SEQUENCE -> FinishReason.STOP;
            case MAX_TOKENS, MODEL_CONTEXT_WINDOW_EXCEEDED -> FinishReason.LENGTH;
            case CONTENT_FILTERED, GUARDRAIL_INTERVENED -> FinishReason.CONTENT_FILTER;
            case TOOL_USE -> FinishReason.TOOL_EXECUTION;
            default -> FinishReason.OTHER;
        };
    }

    /** The part of one stream that has arrived; written by the SDK's thread, read when the call has ended. */
    private static final class Answer {

        private final Consumer<String> onText;
        private final long start = System.nanoTime();
        private final StringBuffer text = new StringBuffer();
        private volatile @Nullable Duration timeToFirstToken;
        private volatile @Nullable StopReason stopReason;
        private volatile software.amazon.awssdk.services.bedrockruntime.model.@Nullable TokenUsage usage;

        Answer(Consumer<String> onText) {
            this.onText = onText;
        }

        ConverseStreamResponseHandler handler() {
            return ConverseStreamResponseHandler.builder()
                    .subscriber(ConverseStreamResponseHandler.Visitor.builder()
                            .onContentBlockDelta(event -> add(event.delta().text()))
                            .onMessageStop(event -> stopReason = event.stopReason())
                            .onMetadata(event -> usage = event.usage())
                            .build())
                    .build();
        }

        private void add(@Nullable String piece) {
            if (piece == null || piece.isEmpty()) {
                return;
            }
            if (timeToFirstToken == null) {
                timeToFirstToken = Duration.ofNanos(System.nanoTime() - start);
            }
            text.append(piece);
            onText.accept(piece);
        }

        /** @throws IOException if the stream broke off; the SDK takes a reset stream for one that has ended */
        ChatReply reply() throws IOException {
            if (stopReason == null) {
                throw new IOException("The stream ended without messageStop");
            }
            return new ChatReply(BedrockChat.reply(text.toString(), stopReason, usage), timeToFirstToken);
        }
    }
}
