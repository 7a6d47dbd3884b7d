package io.bookstore.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** The measured calls of the SDK, each by its blocking client, its asynchronous one and as a raw response. */
enum SdkCall {
    CHAT("chat gpt-4o-mini", false) {
        @Override
        void blocking(OpenAIClient client) {
            client.chat().completions().create(chat());
        }

        @Override
        void raw(OpenAIClient client) {
            try (var raw = client.withRawResponse().chat().completions().create(chat())) {
                raw.parse();
            }
        }

        @Override
        CompletableFuture<?> async(OpenAIClientAsync client) {
            return client.chat().completions().create(chat());
        }
    },
    CHAT_STREAM("chat gpt-4o-mini", true) {
        @Override
        void blocking(OpenAIClient client) {
            drain(client.chat().completions().createStreaming(chat()));
        }

        @Override
        void raw(OpenAIClient client) {
            try (var raw = client.chat().completions().withRawResponse().createStreaming(chat())) {
                drain(raw.parse());
            }
        }

        @Override
        CompletableFuture<?> async(OpenAIClientAsync client) {
            return drain(client.chat().completions().createStreaming(chat()));
        }
    },
    RESPONSE("chat gpt-4o-mini", false) {
        @Override
        void blocking(OpenAIClient client) {
            client.responses().create(response());
        }

        @Override
        void raw(OpenAIClient client) {
            try (var raw = client.responses().withRawResponse().create(response())) {
                raw.parse();
            }
        }

        @Override
        CompletableFuture<?> async(OpenAIClientAsync client) {
            return client.responses().create(response());
        }
    },
    RESPONSE_STREAM("chat gpt-4o-mini", true) {
        @Override
        void blocking(OpenAIClient client) {
            drain(client.responses().createStreaming(response()));
        }

        @Override
        void raw(OpenAIClient client) {
            try (var raw = client.withRawResponse().responses().createStreaming(response())) {
                drain(raw.parse());
            }
        }

        @Override
        CompletableFuture<?> async(OpenAIClientAsync client) {
            return drain(client.responses().createStreaming(response()));
        }
    },
    EMBEDDING("embeddings text-embedding-3-small", false) {
        @Override
        void blocking(OpenAIClient client) {
            client.embeddings().create(embedding());
        }

        @Override
        void raw(OpenAIClient client) {
            try (var raw = client.embeddings().withRawResponse().create(embedding())) {
                raw.parse();
            }
        }

        @Override
        CompletableFuture<?> async(OpenAIClientAsync client) {
            return client.embeddings().create(embedding());
        }
    };

    static final String PROMPT = "Summarise the book Dune by Frank Herbert";

    private final String spanName;
    private final boolean streaming;

    SdkCall(String spanName, boolean streaming) {
        this.spanName = spanName;
        this.streaming = streaming;
    }

    String spanName() {
        return spanName;
    }

    boolean streaming() {
        return streaming;
    }

    abstract void blocking(OpenAIClient client);

    abstract void raw(OpenAIClient client);

    abstract CompletableFuture<?> async(OpenAIClientAsync client);

    static ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addUserMessage(PROMPT)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
    }

    static ResponseCreateParams response() {
        return ResponseCreateParams.builder().model("gpt-4o-mini").input(PROMPT).build();
    }

    private static EmbeddingCreateParams embedding() {
        return EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .input(PROMPT)
                .build();
    }

    private static void drain(StreamResponse<?> stream) {
        try (stream) {
            if (stream.stream().count() == 0) {
                throw new AssertionError("The stream has no pieces");
            }
        }
    }

    private static <T> CompletableFuture<?> drain(AsyncStreamResponse<T> stream) {
        AtomicLong pieces = new AtomicLong();
        return stream.subscribe(piece -> pieces.incrementAndGet())
                .onCompleteFuture()
                .thenRun(() -> {
                    if (pieces.get() == 0) {
                        throw new AssertionError("The stream has no pieces");
                    }
                });
    }
}
