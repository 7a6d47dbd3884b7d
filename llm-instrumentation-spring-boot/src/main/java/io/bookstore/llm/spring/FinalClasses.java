package io.bookstore.llm.spring;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Beans that are declared by a final class, as the chat models of Spring AI 2.0 for OpenAI and Anthropic are. No proxy can be
 * of such a class, so the bean shows its interfaces alone, and calls through them are measured. The class can still be
 * injected: that gives the model itself.
 */
final class FinalClasses {

    private static final Logger logger = LoggerFactory.getLogger(LlmInstrumentationAutoConfiguration.class);

    private static final String SPRING_AI = "org.springframework.ai.";

    private final Map<String, Class<?>> shownTypes = new HashMap<>();

    private final Set<String> injectedByClass = ConcurrentHashMap.newKeySet();

    private FinalClasses() {}

    /** No such bean: what cannot be a proxy of its class stays as it is. */
    static FinalClasses none() {
        return new FinalClasses();
    }

    /** Finds the beans of this kind, and lets their classes be injected. */
    static FinalClasses of(Class<?> api, ConfigurableListableBeanFactory beanFactory) {
        FinalClasses found = new FinalClasses();
        List<String> models = Arrays.asList(beanFactory.getBeanNamesForType(api, true, false));
        Map<String, Class<?>> classes = new HashMap<>();
        for (String name : models) {
            Class<?> type = beanFactory.getType(name, false);
            if (type != null && isShown(type) && beanFactory.containsBeanDefinition(name)) {
                classes.put(name, type);
            }
        }
        classes.forEach((name, type) -> {
            // With two of one class, an injection point chooses by qualifier or name, which this way cannot.
            if (Collections.frequency(classes.values(), type) == 1) {
                found.show(name, type, beanFactory);
            }
        });
        return found;
    }

    /** A class of the application is for its author to open. */
    private static boolean isShown(Class<?> type) {
        return Modifier.isFinal(type.getModifiers()) && type.getName().startsWith(SPRING_AI);
    }

    private void show(String beanName, Class<?> type, ConfigurableListableBeanFactory beanFactory) {
        Class<?>[] interfaces = ClassUtils.getAllInterfacesForClass(type);
        shownTypes.put(beanName, ClassUtils.createCompositeInterface(interfaces, type.getClassLoader()));
        beanFactory.registerResolvableDependency(
                type, (ObjectFactory<Object>) () -> bare(beanName, type, beanFactory.getBean(beanName)));
    }

    private Object bare(String beanName, Class<?> type, Object bean) {
        if (injectedByClass.add(beanName)) {
            logger.warn(
                    "Calls of the bean {} are not measured where it is injected as {}, which is final; inject it by its"
                            + " interface",
                    beanName,
                    type.getName());
        }
        Object target = AopProxyUtils.getSingletonTarget(bean);
        return target == null ? bean : target;
    }

    /** The interfaces of the bean as one type; null if it shows its class. */
    @Nullable
    Class<?> shownType(String beanName) {
        return shownTypes.get(beanName);
    }

    /** A proxy of the interfaces that measures nothing, for a bean of which Spring has been told that it shows no class. */
    Object shown(Object bean, String beanName) {
        return shownTypes.containsKey(beanName)
                ? new ProxyFactory(bean).getProxy(bean.getClass().getClassLoader())
                : bean;
    }
}
