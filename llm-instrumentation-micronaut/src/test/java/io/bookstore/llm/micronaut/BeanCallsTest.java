package io.bookstore.llm.micronaut;

import static io.bookstore.llm.micronaut.TestApplication.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.bookstore.testing.Warnings;
import io.bookstore.testing.framework.EchoModel;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of measured beans: each counts once, and does what the model does. */
class BeanCallsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final TestApplication application = TestApplication.with(otel);

    @ParameterizedTest
    @ValueSource(strings = {"chat(String)", "chat(ChatRequest)", "doChat(ChatRequest)"})
    void everyFormOfACallCountsOnce(String form) {
        run(application.bean(EchoModel.class, EchoModel::new), context -> {
            ChatModel model = context.getBean(ChatModel.class);
            ChatRequest request =
                    ChatRequest.builder().messages(UserMessage.from("hello")).build();
            switch (form) {
                case "chat(String)" -> model.chat("hello");
                case "chat(ChatRequest)" -> model.chat(request);
                default -> model.doChat(request);
            }
        });

        assertThat(otel.getSpans()).extracting(SpanData::getName).containsExactly("chat gpt-4o-mini");
    }

    @Test
    void callsOfADecoratorCountAtTheModelThatTheyReach() {
        run(
                application.with("decorated").bean(EchoModel.class, EchoModel::new),
                context -> context.getBean(Twice.class).chat("hello"));

        assertThat(otel.getSpans())
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getAttributes().get(AttributeKey.stringKey("gen_ai.provider.name")))
                        .isEqualTo("openai"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"by class", "by interface"})
    void modelOfTwoKindsIsMeasuredInBoth(String declared) {
        CompletableFuture<ChatResponse> streamed = new CompletableFuture<>();
        TestApplication twoKinds = declared.equals("by class")
                ? application.bean(TwoKinds.class, TwoKinds::new)
                : application.bean(RuntimeBeanDefinition.builder(TwoKinds.class, TwoKinds::new)
                        .singleton(true)
                        .exposedTypes(ChatModel.class, StreamingChatModel.class)
                        .build());

        run(twoKinds, context -> {
            context.getBean(ChatModel.class).chat("hello");
            context.getBean(StreamingChatModel.class).chat("hello", new Answer(streamed));
            assertThat(context.getBean(ChatModel.class).supportedCapabilities())
                    .containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        });

        assertThat(streamed).isCompleted();
        assertThat(otel.getSpans())
                .extracting(span -> span.getAttributes().get(AttributeKey.booleanKey("gen_ai.request.stream")))
                .containsExactly(null, true);
    }

    @Test
    void shortFormThatTheModelHasCodeForRunsThatCode() {
        run(
                application.bean(ShortForms.class, ShortForms::new),
                context -> assertThat(context.getBean(ChatModel.class).chat("hello"))
                        .isEqualTo("my own"));
    }

    @Test
    void exceptionOfTheModelIsThrownAsItIs() {
        IllegalStateException broken = new IllegalStateException("broken");
        run(
                application.bean(FailingModel.class, () -> new FailingModel(broken)),
                context -> assertThatThrownBy(
                                () -> context.getBean(ChatModel.class).chat("hello"))
                        .isSameAs(broken));
    }

    private record Answer(CompletableFuture<ChatResponse> whole) implements StreamingChatResponseHandler {

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
    }

    static class FailingModel extends EchoModel {

        private final RuntimeException error;

        FailingModel(RuntimeException error) {
            this.error = error;
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            throw error;
        }
    }

    static class ShortForms extends EchoModel {

        @Override
        public String chat(String text) {
            return "my own";
        }
    }

    static class TwoKinds extends EchoModel implements StreamingChatModel {

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            handler.onCompleteResponse(answer());
        }

        @Override
        public ModelProvider provider() {
            return super.provider();
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return super.defaultRequestParameters();
        }

        @Override
        public List<ChatModelListener> listeners() {
            return List.of();
        }

        @Override
        public Set<Capability> supportedCapabilities() {
            return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        }
    }

    /** A decorator that tells neither provider nor model, as most do. */
    @Singleton
    @Requires(property = TestApplication.BEANS, value = "decorated")
    record Twice(EchoModel inner) implements ChatModel {

        @Override
        public ChatResponse chat(ChatRequest request) {
            inner.chat(request);
            return inner.chat(request);
        }
    }
}
