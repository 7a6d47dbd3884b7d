package io.bookstore.api;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the service that has the settings of {@link RunningStore#start()}, the same one to all of them: started for
 * the first, closed after the last. A test that counts what the service has, or has done, starts one of its own.
 */
public final class SharedStore implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningStore.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedStore.class))
                .getOrComputeIfAbsent(RunningStore.class, key -> RunningStore.start());
    }
}
