package io.bookstore.llm.agent;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.internal.ExperimentalInstrumentationModule;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Measures the models of LangChain4j in any application that the agent runs in. {@code otel.instrumentation.llm.enabled=false}
 * switches it off.
 */
public final class LangChain4jInstrumentationModule extends InstrumentationModule
        implements ExperimentalInstrumentationModule {

    private static final String API = "dev.langchain4j.model.";
    private static final String REQUEST = API + "chat.request.ChatRequest";
    private static final String OPTIONS = API + "chat.ChatRequestOptions";
    private static final String HANDLER = API + "chat.response.StreamingChatResponseHandler";

    private final List<String> helperClassNames = new ReachableClasses(
            getClass().getClassLoader(),
            List.of(
                    ChatAdvice.class.getName(),
                    StreamAdvice.class.getName(),
                    StreamWithOptionsAdvice.class.getName(),
                    EmbeddingAdvice.class.getName(),
                    OwnTelemetryAdvice.class.getName()));

    /** Creates the module; the agent finds it as a service. */
    public LangChain4jInstrumentationModule() {
        super("llm", "llm-langchain4j");
    }

    /** The library's classes come beside those of the application, not among them: an application may have the library itself. */
    @Override
    public HelperClassStrategy helperClassStrategy() {
        return HelperClassStrategy.ISOLATED;
    }

    @Override
    public List<String> getAdditionalHelperClassNames() {
        return helperClassNames;
    }

    @Override
    public List<TypeInstrumentation> typeInstrumentations() {
        return List.of(
                new SubtypeInstrumentation(API + "chat.ChatModel", chat(), ChatAdvice.class),
                new SubtypeInstrumentation(API + "chat.StreamingChatModel", stream(), StreamAdvice.class),
                new SubtypeInstrumentation(
                        API + "chat.StreamingChatModel", streamWithOptions(), StreamWithOptionsAdvice.class),
                new SubtypeInstrumentation(API + "embedding.EmbeddingModel", embeddings(), EmbeddingAdvice.class),
                new SubtypeInstrumentation("io.bookstore.llm.GenAiTelemetry", enabled(), OwnTelemetryAdvice.class));
    }

    private static ElementMatcher<MethodDescription> chat() {
        return isPublic()
                .and(namedOneOf("chat", "doChat"))
                .and(takesArgument(0, named(REQUEST)))
                .and(takesArguments(1).or(takesArguments(2).and(takesArgument(1, named(OPTIONS)))));
    }

    private static ElementMatcher<MethodDescription> stream() {
        return isPublic()
                .and(namedOneOf("chat", "doChat"))
                .and(takesArguments(2))
                .and(takesArgument(0, named(REQUEST)))
                .and(takesArgument(1, named(HANDLER)));
    }

    private static ElementMatcher<MethodDescription> streamWithOptions() {
        return isPublic()
                .and(named("chat"))
                .and(takesArguments(3))
                .and(takesArgument(1, named(OPTIONS)))
                .and(takesArgument(2, named(HANDLER)));
    }

    private static ElementMatcher<MethodDescription> embeddings() {
        return isPublic().and(namedOneOf("embed", "embedAll", "doEmbed")).and(takesArguments(1));
    }

    private static ElementMatcher<MethodDescription> enabled() {
        return isPublic().and(named("enabled")).and(takesArguments(0));
    }
}
