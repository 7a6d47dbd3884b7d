package io.bookstore.llm.readme;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import io.bookstore.llm.AgentInvocation;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.langchain4j.InstrumentedAiServices;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.llm.langchain4j.InstrumentedStreamingChatModel;
import io.bookstore.llm.langchain4j.http.BoundedHttpClientBuilder;
import io.bookstore.llm.langchain4j.http.HttpLimits;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.operation.Evaluation;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.semconv.Profile;
import io.bookstore.llm.testing.GenAiConformance;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The README's examples, so that they compile. */
final class Examples {

    private final Client client = new Client();

    ChatModel wrapped(OpenTelemetry openTelemetry, ChatModel plainModel) {
        GenAiTelemetry telemetry = GenAiTelemetry.create(openTelemetry);
        ChatModel model = InstrumentedChatModel.wrap(plainModel, telemetry);
        return model;
    }

    StreamingChatModel wrapped(GenAiTelemetry telemetry, StreamingChatModel plainStreamingModel) {
        StreamingChatModel streamingModel = InstrumentedStreamingChatModel.wrap(plainStreamingModel, telemetry);
        return streamingModel;
    }

    Assistant agent(GenAiTelemetry telemetry, ChatModel model, Object calendar, ContentRetriever documents) {
        Assistant assistant = InstrumentedAiServices.builder(
                        Assistant.class, telemetry) // not AiServices.builder(Assistant.class)
                .chatModel(model)
                .tools(calendar)
                .contentRetriever(documents)
                .build();
        return assistant;
    }

    interface Assistant {

        String chat(String message);
    }

    void plainAgent(GenAiTelemetry telemetry, Runnable planner) {
        AgentInvocation agent = telemetry.startAgent(AgentRequest.of("Planner", "openai"));
        try (Scope ignored = agent.makeCurrent()) {
            planner.run(); // calls, tools, retrievals and agents that start here are below it
            agent.complete();
        } catch (RuntimeException e) {
            agent.fail(e);
            throw e;
        }
    }

    ChatModel bounded() {
        ChatModel model = OpenAiChatModel.builder()
                .httpClientBuilder(
                        BoundedHttpClientBuilder.create(HttpLimits.defaults().withChunkTimeout(Duration.ofSeconds(5))))
                .apiKey(System.getenv("OPENAI_API_KEY"))
                .modelName("gpt-4o-mini")
                .timeout(Duration.ofSeconds(30)) // the deadline; OpenAI's model sets 60 s if you do not
                .build();
        return model;
    }

    GenAiTelemetry withMetrics(OpenTelemetry openTelemetry, MeterRegistry meterRegistry) {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(openTelemetry)
                .metrics(OpenTelemetryRecorder.create(openTelemetry))
                .metrics(MicrometerRecorder.create(meterRegistry))
                .build();
        return telemetry;
    }

    GenAiTelemetry forLangfuse(OpenTelemetry openTelemetry) {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(openTelemetry)
                .profiles(Profile.KIT, Profile.LANGFUSE)
                .content(ContentPolicy.everything())
                .build();
        return telemetry;
    }

    void judged(Inference call) {
        call.evaluated(Evaluation.ofScore("relevance", 0.9).withLabel("pass"));
    }

    GenAiTelemetry withEvents(OpenTelemetry openTelemetry) {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(openTelemetry)
                .events(GenAiEvent.EXCEPTION, GenAiEvent.OPERATION_DETAILS)
                .build();
        return telemetry;
    }

    String plainCode(GenAiTelemetry telemetry, String prompt) throws Exception {
        Client.Answer answer = telemetry.call(
                InferenceRequest.chat("openai", "gpt-4o-mini").maxTokens(500).build(),
                () -> client.ask(prompt),
                reply ->
                        InferenceResponse.of(reply.model(), TokenUsage.of(reply.promptTokens(), reply.answerTokens())));
        return answer.text();
    }

    void streaming(GenAiTelemetry telemetry, String prompt) {
        InferenceRequest request =
                InferenceRequest.chat("openai", "gpt-4o-mini").streaming(true).build();
        String answer = telemetry.stream(request, call -> {
            StringBuilder text = new StringBuilder();
            for (String piece : client.stream(prompt)) {
                call.chunk(); // the first one gives the time to first chunk
                text.append(piece);
            }
            call.complete(InferenceResponse.of("gpt-4o-mini-2024-07-18", TokenUsage.of(31L, 5L)));
            return text.toString();
        });
        System.out.println(answer);
    }

    void asynchronous(GenAiTelemetry telemetry, InferenceRequest request, String prompt) {
        Inference call = telemetry.start(request);
        client.later(prompt).whenComplete((answer, error) -> {
            if (error == null) {
                call.complete(InferenceResponse.of(answer.model(), TokenUsage.UNKNOWN));
            } else {
                call.fail(error); // a CancellationException, or an interrupt, ends it as cancelled
            }
        });
    }

    float[] embeddings(GenAiTelemetry telemetry, String text) throws Exception {
        float[] vector = telemetry.call(
                InferenceRequest.embeddings("openai", "text-embedding-3-small").build(),
                () -> client.embed(text),
                result -> InferenceResponse.of(null, TokenUsage.of(8L, null)));
        return vector;
    }

    String tool(GenAiTelemetry telemetry, String callId) throws Exception {
        String weather = telemetry.callTool(
                ToolRequest.function("get_weather").withCallId(callId), () -> client.weather("Bern"));
        return weather;
    }

    void context(GenAiTelemetry telemetry, Runnable handleRequest) {
        CallContext who = CallContext.ofUser("u-17")
                .withSession("s-4")
                .withPrompt("summary", "3")
                .withVariant("b");
        try (Scope ignored = who.storeInContext(Context.current()).makeCurrent()) {
            handleRequest.run(); // every call below carries it
        }
    }

    GenAiTelemetry content(OpenTelemetry openTelemetry) {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(openTelemetry)
                .content(ContentPolicy.redacted(text -> text.replaceAll("\\d", "#"))
                        .cutAt(2_000))
                .build();
        return telemetry;
    }

    void plainContent(Inference call, String prompt) {
        call.content(() -> Content.ofInput(Message.user(prompt))); // runs only if a policy is set
    }

    GenAiTelemetry names(OpenTelemetry openTelemetry) {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(openTelemetry)
                .conventions(GenAiConventions.V1_41, GenAiConventions.V0_1)
                .profiles(Profile.KIT, Profile.LANGFUSE)
                .build();
        return telemetry;
    }

    void conformance(OpenTelemetryExtension otel) {
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    /** Stands for whatever a service calls models with. */
    private static final class Client {

        Answer ask(String prompt) {
            return new Answer("gpt-4o-mini-2024-07-18", prompt, 31L, 5L);
        }

        List<String> stream(String prompt) {
            return List.of(prompt.split(" ", -1));
        }

        CompletableFuture<Answer> later(String prompt) {
            return CompletableFuture.completedFuture(ask(prompt));
        }

        float[] embed(String text) {
            return new float[text.length()];
        }

        String weather(String city) {
            return "sunny in " + city;
        }

        record Answer(String model, String text, long promptTokens, long answerTokens) {}
    }
}
