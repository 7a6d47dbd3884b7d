package io.bookstore.llm.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** The measured calls of the SDK, each by its blocking client, its asynchronous one and as a raw response. */
enum SdkCall {
    MESSAGE(false) {
        @Override
        void blocking(AnthropicClient client) {
            client.messages().create(message());
        }

        @Override
        void raw(AnthropicClient client) {
            try (var raw = client.withRawResponse().messages().create(message())) {
                raw.parse();
            }
        }

        @Override
        CompletableFuture<?> async(AnthropicClientAsync client) {
            return client.messages().create(message());
        }
    },
    MESSAGE_STREAM(true) {
        @Override
        void blocking(AnthropicClient client) {
            drain(client.messages().createStreaming(message()));
        }

        @Override
        void raw(AnthropicClient client) {
            try (var raw = client.messages().withRawResponse().createStreaming(message())) {
                drain(raw.parse());
            }
        }

        @Override
        CompletableFuture<?> async(AnthropicClientAsync client) {
            return drain(client.messages().createStreaming(message()));
        }
    },
    BETA_MESSAGE(false) {
        @Override
        void blocking(AnthropicClient client) {
            client.beta().messages().create(betaMessage());
        }

        @Override
        void raw(AnthropicClient client) {
            try (var raw = client.withRawResponse().beta().messages().create(betaMessage())) {
                raw.parse();
            }
        }

        @Override
        CompletableFuture<?> async(AnthropicClientAsync client) {
            return client.beta().messages().create(betaMessage());
        }
    },
    BETA_MESSAGE_STREAM(true) {
        @Override
        void blocking(AnthropicClient client) {
            drain(client.beta().messages().createStreaming(betaMessage()));
        }

        @Override
        void raw(AnthropicClient client) {
            try (var raw = client.beta().messages().withRawResponse().createStreaming(betaMessage())) {
                drain(raw.parse());
            }
        }

        @Override
        CompletableFuture<?> async(AnthropicClientAsync client) {
            return drain(client.beta().messages().createStreaming(betaMessage()));
        }
    };

    static final String MODEL = "claude-haiku-4-5";
    static final String PROMPT = "Summarise the book Dune by Frank Herbert";

    private final boolean streaming;

    SdkCall(boolean streaming) {
        this.streaming = streaming;
    }

    boolean streaming() {
        return streaming;
    }

    abstract void blocking(AnthropicClient client);

    abstract void raw(AnthropicClient client);

    abstract CompletableFuture<?> async(AnthropicClientAsync client);

    static MessageCreateParams message() {
        return MessageCreateParams.builder()
                .model(MODEL)
                .maxTokens(500)
                .addUserMessage(PROMPT)
                .build();
    }

    static com.anthropic.models.beta.messages.MessageCreateParams betaMessage() {
        return com.anthropic.models.beta.messages.MessageCreateParams.builder()
                .model(MODEL)
                .maxTokens(500)
                .addUserMessage(PROMPT)
                .build();
    }

    private static void drain(StreamResponse<?> stream) {
        try (stream) {
            if (stream.stream().count() == 0) {
                throw new AssertionError("The stream has no events");
            }
        }
    }

    private static <T> CompletableFuture<?> drain(AsyncStreamResponse<T> stream) {
        AtomicLong events = new AtomicLong();
        return stream.subscribe(event -> events.incrementAndGet())
                .onCompleteFuture()
                .thenRun(() -> {
                    if (events.get() == 0) {
                        throw new AssertionError("The stream has no events");
                    }
                });
    }
}
