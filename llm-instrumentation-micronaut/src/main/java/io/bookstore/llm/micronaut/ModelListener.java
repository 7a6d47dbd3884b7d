package io.bookstore.llm.micronaut;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.framework.ModelFramework;
import io.bookstore.llm.framework.ModelWrapper;
import io.bookstore.llm.langchain4j.LangChain4jModels;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.reflect.ReflectionUtils;
import io.micronaut.core.type.TypeInformation;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.proxy.InterceptedBeanProxy;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what measures its calls in place of each model that is a bean: the library's wrapper where the bean is known by its
 * interface alone, else a proxy that can still be injected by the bean's class. A bean that cannot be measured stays as it is.
 */
final class ModelListener<T> implements BeanCreatedEventListener<T>, Ordered {

    private static final Logger logger = LoggerFactory.getLogger(LlmInstrumentationFactory.class);

    private static final ModelFramework LANGCHAIN4J = new LangChain4jModels();

    private final Class<T> api;
    private final BeanProvider<GenAiTelemetry> telemetry;
    private final Set<BeanDefinition<T>> unmeasured = ConcurrentHashMap.newKeySet();

    ModelListener(Class<T> api, BeanProvider<GenAiTelemetry> telemetry) {
        this.api = api;
        this.telemetry = telemetry;
    }

    /** Last, so that a call is measured with all that other listeners add to it. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public T onCreated(BeanCreatedEvent<T> event) {
        T bean = event.getBean();
        BeanDefinition<T> definition = event.getBeanDefinition();
        if (!isFirst(definition.getBeanType()) || isMeasured(bean)) {
            return bean;
        }
        try {
            GenAiTelemetry found = telemetry.get();
            return found.enabled() ? api.cast(measured(bean, definition, found)) : bean;
        } catch (Throwable defect) {
            // A native image answers an attempt to make a class with an Error of its own.
            warn(definition, defect.toString(), defect);
            return bean;
        }
    }

    /** Returns whether the listener is that of the first model interface of the type, which measures all of them. */
    private boolean isFirst(Class<?> type) {
        return ModelListeners.INTERFACES.stream()
                .filter(model -> model.isAssignableFrom(type))
                .limit(1)
                .anyMatch(api::equals);
    }

    /** The target of a proxy that Micronaut has generated is a bean too, and comes here itself. */
    private static boolean isMeasured(Object bean) {
        return LANGCHAIN4J.isWrapper(bean.getClass()) || bean instanceof InterceptedBeanProxy<?>;
    }

    private Object measured(Object bean, BeanDefinition<T> definition, GenAiTelemetry telemetry)
            throws ReflectiveOperationException {
        List<ModelWrapper> wrappers = wrappers(bean, definition, telemetry);
        if (wrappers.isEmpty()) {
            return bean;
        }
        Class<?> type = bean.getClass();
        if (isKnownByInterface(definition)) {
            return byInterface(bean, wrappers);
        }
        if (Subclass.isPossible(type)) {
            return Subclass.proxy(type, new MeasuredCalls(bean, wrappers));
        }
        String remedy = "@Bean(typed = " + wrappers.get(0).api().getSimpleName() + ".class)";
        warn(
                definition,
                "its " + type + " is final or sealed, or has a final method or a public field; declare the bean by its"
                        + " interface, for example with " + remedy,
                null);
        return bean;
    }

    /** Tells of a definition once, however many beans of it a prototype makes. */
    private void warn(BeanDefinition<T> definition, String reason, @Nullable Throwable defect) {
        if (unmeasured.add(definition)) {
            String bean = definition.getBeanDescription(TypeInformation.TypeFormat.SIMPLE);
            logger.warn("Calls of the bean {} are not measured: {}", bean, reason, defect);
        }
    }

    private static List<ModelWrapper> wrappers(Object bean, BeanDefinition<?> definition, GenAiTelemetry telemetry) {
        List<ModelWrapper> wrappers = new ArrayList<>(LANGCHAIN4J.wrappers(bean, telemetry));
        // With a LangChain4j that is too old the library returns the model as it is, and warns.
        wrappers.removeIf(wrapper -> wrapper.model() == bean || isGivenOne(definition, wrapper.api()));
        return wrappers;
    }

    /** Such a bean passes its calls on to another one, where each is measured with the names of the model that it reaches. */
    private static boolean isGivenOne(BeanDefinition<?> definition, Class<?> api) {
        return definition.getRequiredComponents().stream().anyMatch(api::isAssignableFrom);
    }

    /** Returns whether nothing can ask for the class, because Micronaut knows the bean by interfaces only. */
    private static boolean isKnownByInterface(BeanDefinition<?> definition) {
        Set<Class<?>> exposed = definition.getExposedTypes();
        return exposed.isEmpty()
                ? definition.getBeanType().isInterface()
                : exposed.stream().allMatch(Class::isInterface);
    }

    /** The wrapper itself, if it has all interfaces of the bean; it needs no proxy, so that it works in a native image. */
    private static Object byInterface(Object bean, List<ModelWrapper> wrappers) {
        Set<Class<?>> interfaces = ReflectionUtils.getAllInterfaces(bean.getClass());
        ModelWrapper first = wrappers.get(0);
        if (interfaces.equals(Set.of(first.api()))) {
            return first.model();
        }
        return Proxy.newProxyInstance(
                bean.getClass().getClassLoader(),
                interfaces.toArray(Class<?>[]::new),
                new MeasuredCalls(bean, wrappers));
    }
}
