package io.bookstore.llm.spring;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.framework.MeasuredMethods;
import io.bookstore.llm.framework.ModelFramework;
import io.bookstore.llm.framework.ModelWrapper;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Puts a proxy around each model that is a bean. The proxy is of the bean's class, so that it can still be injected by it;
 * where that class cannot have a subclass, of the bean's interfaces. A bean that cannot be measured stays as it is.
 */
final class ModelPostProcessor implements SmartInstantiationAwareBeanPostProcessor, Ordered {

    private static final Logger logger = LoggerFactory.getLogger(LlmInstrumentationAutoConfiguration.class);

    private final ModelFramework framework;
    private final FinalClasses finalClasses;
    private final ConfigurableListableBeanFactory beanFactory;
    private final ObjectProvider<GenAiTelemetry> telemetry;

    // Beans in a circle, whose other members have got the proxy before the bean was complete.
    private final Set<String> handedOutEarly = ConcurrentHashMap.newKeySet();

    ModelPostProcessor(
            ModelFramework framework,
            FinalClasses finalClasses,
            ConfigurableListableBeanFactory beanFactory,
            ObjectProvider<GenAiTelemetry> telemetry) {
        this.framework = framework;
        this.finalClasses = finalClasses;
        this.beanFactory = beanFactory;
        this.telemetry = telemetry;
    }

    /** Last, so that a call is measured with all that other proxies add to it. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public @Nullable Class<?> predictBeanType(Class<?> beanClass, String beanName) {
        return finalClasses.shownType(beanName);
    }

    @Override
    public Object getEarlyBeanReference(Object bean, String beanName) {
        if (framework.isModel(bean)) {
            handedOutEarly.add(beanName);
        }
        return shown(bean, beanName);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return framework.isModel(bean) && handedOutEarly.remove(beanName) ? bean : shown(bean, beanName);
    }

    private Object shown(Object bean, String beanName) {
        Object measured = measured(bean, beanName);
        return measured == bean ? finalClasses.shown(bean, beanName) : measured;
    }

    private Object measured(Object bean, String beanName) {
        if (!framework.isModel(bean)) {
            return bean;
        }
        try {
            if (isMeasured(bean)) {
                return bean;
            }
            GenAiTelemetry found = telemetry.getObject();
            return found.enabled() ? proxy(bean, beanName, found) : bean;
        } catch (RuntimeException | LinkageError defect) {
            logger.warn("Calls of the bean {} are not measured: {}", beanName, defect.toString(), defect);
            return bean;
        }
    }

    private boolean isMeasured(Object bean) {
        return framework.isWrapper(AopProxyUtils.ultimateTargetClass(bean))
                || (bean instanceof Advised proxy
                        && Arrays.stream(proxy.getAdvisors())
                                .anyMatch(advisor -> advisor.getAdvice() instanceof MeasuredCalls));
    }

    private Object proxy(Object bean, String beanName, GenAiTelemetry telemetry) {
        List<ModelWrapper> wrappers = wrappers(bean, beanName, telemetry);
        if (wrappers.isEmpty()) {
            return bean;
        }
        Class<?> type = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
        boolean ofItsClass = !Proxy.isProxyClass(bean.getClass()) && Subclassing.isPossible(type);
        if (!ofItsClass && !isKnownByInterface(bean, beanName) && finalClasses.shownType(beanName) == null) {
            logger.warn(
                    "Calls of the bean {} are not measured: its {} is final or sealed, has a final method, a public field, or"
                            + " only private constructors; declare the bean by its interface",
                    beanName,
                    type);
            return bean;
        }
        ProxyFactory proxies = new ProxyFactory(bean);
        proxies.setProxyTargetClass(ofItsClass);
        proxies.addAdvice(new MeasuredCalls(new MeasuredMethods(type, wrappers)));
        return proxies.getProxy(beanFactory.getBeanClassLoader());
    }

    private List<ModelWrapper> wrappers(Object bean, String beanName, GenAiTelemetry telemetry) {
        List<ModelWrapper> wrappers = new ArrayList<>(framework.wrappers(bean, telemetry));
        // With a framework that is too old the library returns the model as it is, and warns.
        wrappers.removeIf(wrapper -> wrapper.model() == bean || isGivenOne(beanName, wrapper.api()));
        return wrappers;
    }

    /** Such a bean passes its calls on to another one, where each is measured with the names of the model that it reaches. */
    private boolean isGivenOne(String beanName, Class<?> api) {
        return Arrays.stream(beanFactory.getDependenciesForBean(beanName))
                .anyMatch(other -> beanFactory.containsBean(other) && beanFactory.isTypeMatch(other, api));
    }

    /** Returns whether nothing can ask for the class: until the bean is made, Spring knows it by its interface only. */
    private boolean isKnownByInterface(Object bean, String beanName) {
        return Proxy.isProxyClass(bean.getClass())
                || (beanFactory.containsBeanDefinition(beanName)
                        && beanFactory
                                .getMergedBeanDefinition(beanName)
                                .getResolvableType()
                                .toClass()
                                .isInterface());
    }
}
