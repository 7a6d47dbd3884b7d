package io.bookstore.llm.agent;

import static io.opentelemetry.javaagent.extension.matcher.AgentElementMatchers.hasClassesNamed;
import static io.opentelemetry.javaagent.extension.matcher.AgentElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Methods of a type and of all its subtypes, wherever they have code, and the advice that they get.
 *
 * @param type the name of the type; an application without it is not changed
 */
record SubtypeInstrumentation(String type, ElementMatcher<MethodDescription> methods, Class<?> advice)
        implements TypeInstrumentation {

    /** The models of the library, if the application has it. */
    private static final String WRAPPERS = "io.bookstore.llm.langchain4j.";

    @Override
    public ElementMatcher<ClassLoader> classLoaderOptimization() {
        return hasClassesNamed(type);
    }

    @Override
    public ElementMatcher<TypeDescription> typeMatcher() {
        return hasSuperType(named(type)).and(not(nameStartsWith(WRAPPERS)));
    }

    @Override
    public void transform(TypeTransformer transformer) {
        transformer.applyAdviceToMethod(methods, advice.getName());
    }
}
