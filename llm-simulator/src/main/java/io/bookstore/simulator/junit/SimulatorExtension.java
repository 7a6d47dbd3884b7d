package io.bookstore.simulator.junit;

import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.latency.Profiles;
import java.net.URI;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** The extension behind {@link SimulatorTest}. */
final class SimulatorExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                TestExecutionExceptionHandler,
                ParameterResolver {

    static final String SEED_PROPERTY = "llm-simulator.seed";

    private static final Namespace namespace = Namespace.create(SimulatorExtension.class);

    /**
     * Closed by JUnit with the context of the class that it was started for; 5.13 asks for the second, older ones for the
     * first.
     */
    private record Running(SimulatorServer server) implements Store.CloseableResource, AutoCloseable {

        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        SimulatorTest settings = settings(context);
        SimulatorServer server = server(context);
        server.reset();
        server.behave(server.behaviour()
                .withProfile(Profiles.named(settings.profile()))
                .withSeed(seed(settings, context)));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (!settings(context).requireGoodClients()
                || context.getExecutionException().isPresent()) {
            return;
        }
        String bad = server(context).verdicts().stream()
                .flatMap(client -> client.verdicts().stream()
                        .filter(verdict -> !verdict.good())
                        .map(verdict -> client.provider() + " " + verdict.name() + ": " + verdict.detail()))
                .collect(Collectors.joining("; "));
        if (!bad.isEmpty()) {
            throw new AssertionError("A client behaved badly: " + bad + " (" + circumstances(context) + ")");
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new SimulatedWith(circumstances(context)));
        throw failure;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == SimulatorServer.class || type == URI.class || type == Journal.class || type == TestAnswers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SimulatorServer server = server(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == URI.class) {
            return server.baseUrl();
        }
        if (type == TestAnswers.class) {
            return new TestAnswers(server);
        }
        return type == Journal.class ? server.journal() : server;
    }

    private static SimulatorServer server(ExtensionContext context) {
        return context.getStore(namespace)
                .getOrComputeIfAbsent(
                        Running.class,
                        started -> new Running(
                                SimulatorServer.start(SimulatorConfig.defaults().withPort(0))),
                        Running.class)
                .server();
    }

    /** The settings of the method, else of its class, else of a class around it. */
    private static SimulatorTest settings(ExtensionContext context) {
        SimulatorTest settings = context.getElement()
                .map(element -> element.getAnnotation(SimulatorTest.class))
                .orElse(null);
        return settings == null ? settings(context.getParent().orElseThrow()) : settings;
    }

    private static long seed(SimulatorTest settings, ExtensionContext context) {
        Long wanted = Long.getLong(SEED_PROPERTY);
        if (wanted != null) {
            return wanted;
        }
        return settings.seed() == SimulatorTest.SEED_FROM_NAME
                ? Integer.toUnsignedLong(context.getUniqueId().hashCode())
                : settings.seed();
    }

    private static String circumstances(ExtensionContext context) {
        SimulatorTest settings = settings(context);
        long seed = seed(settings, context);
        return "llm-simulator had profile " + settings.profile() + " and seed " + seed + "; again with -D"
                + SEED_PROPERTY + "=" + seed;
    }

    /** The profile and seed of a failure, which its reader needs to see it again. */
    private static final class SimulatedWith extends Exception {

        private SimulatedWith(String circumstances) {
            super(circumstances, null, false, false);
        }
    }
}
