package io.bookstore.llm.spring;

import io.bookstore.llm.framework.MeasuredMethod;
import io.bookstore.llm.framework.MeasuredMethods;
import java.util.Optional;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Sends the calls of a model through the wrappers that measure them; all other methods go to the bean itself. */
record MeasuredCalls(MeasuredMethods methods) implements MethodInterceptor {

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Optional<MeasuredMethod> measured = methods.find(invocation.getMethod());
        return measured.isPresent() ? measured.get().invoke(invocation.getArguments()) : invocation.proceed();
    }
}
