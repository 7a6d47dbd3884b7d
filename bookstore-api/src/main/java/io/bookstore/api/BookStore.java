package io.bookstore.api;

import com.mongodb.ConnectionString;
import io.bookstore.api.http.Stopping;
import io.bookstore.api.mongo.MongoUri;
import io.bookstore.api.security.SecuritySettings;
import io.bookstore.api.standin.EmbeddedMongo;
import io.bookstore.api.standin.SimulatorStandIn;
import io.bookstore.api.standin.StandIns;
import io.bookstore.api.startup.ConsoleAddress;
import io.bookstore.api.startup.ManagementPort;
import io.bookstore.api.startup.ServerTimeouts;
import io.bookstore.api.startup.Settings;
import io.bookstore.api.startup.StartupException;
import io.bookstore.api.startup.StartupFailure;
import io.bookstore.api.telemetry.DatabaseConventions;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import java.net.BindException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running service with everything it needs: what is not configured is started beside it, in this JVM.
 *
 * <p>Stand-ins start before the application context and stop after it, so nothing ever talks to one that is gone.
 */
public final class BookStore implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(BookStore.class);

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final int managementPort;
    private final StandIns standIns;
    private final Deque<AutoCloseable> parts;
    private final ExecutorService blocking;

    private BookStore(
            ApplicationContext context,
            EmbeddedServer server,
            int managementPort,
            StandIns standIns,
            Deque<AutoCloseable> parts) {
        this.context = context;
        this.server = server;
        this.managementPort = managementPort;
        this.standIns = standIns;
        this.parts = parts;
        this.blocking = context.getBean(ExecutorService.class, Qualifiers.byName(TaskExecutors.BLOCKING));
    }

    /**
     * Starts the service and returns when it answers.
     *
     * @param overrides settings that win over files and environment, by their configuration keys
     * @throws StartupException if it cannot start, after stopping whatever had been started
     */
    public static BookStore start(Map<String, Object> overrides) {
        DatabaseConventions.writeStableNames();
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(overrides, parts);
        } catch (RuntimeException e) {
            closeAll(parts, (part, failure) -> {});
            throw StartupFailure.explain(e);
        }
    }

    private static BookStore start(Map<String, Object> overrides, Deque<AutoCloseable> parts) {
        ApplicationContext context = ApplicationContext.builder()
                .mainClass(BookStore.class)
                .deduceEnvironment(false)
                .banner(false)
                .properties(overrides)
                .build();
        Environment environment = context.getEnvironment();
        environment.start();
        Settings.check(environment);
        ConsoleAddress.of(environment);
        environment.addPropertySource(PropertySource.of(
                "named-in-environment", Settings.named(environment), EnvironmentPropertySource.POSITION));
        int port = port(environment);
        int managementPort = ManagementPort.of(environment, port);

        Map<String, Object> settings = new HashMap<>();
        String mongoStorage = provideMongo(environment, settings, parts);
        StandIns standIns = new StandIns(mongoStorage, SimulatorStandIn.provide(environment, parts::push));
        exportTracesIfAsked(environment, settings);
        SecuritySettings.derive(environment, settings);
        ServerTimeouts.derive(environment, settings);
        settings.put("bookstore.management.port", managementPort);

        environment.addPropertySource(PropertySource.of("stand-ins", settings, Integer.MAX_VALUE));
        context.registerSingleton(standIns);
        parts.push(context);
        context.start();
        return new BookStore(context, listen(context, port, managementPort), managementPort, standIns, parts);
    }

    /** An OTLP address is all it takes: naming one and getting no traces surprises everybody. */
    private static void exportTracesIfAsked(Environment environment, Map<String, Object> settings) {
        boolean addressed = environment.containsProperty("otel.exporter.otlp.endpoint")
                || environment.containsProperty("otel.exporter.otlp.traces.endpoint");
        if (addressed && !environment.containsProperty("otel.traces.exporter")) {
            settings.put("otel.traces.exporter", "otlp");
        }
    }

    private static int port(Environment environment) {
        String port =
                environment.getProperty("micronaut.server.port", String.class).orElse("");
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new StartupException(
                    "MICRONAUT_SERVER_PORT (micronaut.server.port) must be a whole number from 0 to 65535, was " + port,
                    null);
        }
        return Integer.parseInt(port);
    }

    private static EmbeddedServer listen(ApplicationContext context, int port, int managementPort) {
        try {
            return context.getBean(EmbeddedServer.class).start();
        } catch (ServerStartupException e) {
            if (e.getCause() instanceof BindException) {
                throw new StartupException(
                        "The port " + port + (managementPort < 0 ? "" : " or " + managementPort)
                                + " is already taken; stop what listens there, or set MICRONAUT_SERVER_PORT"
                                + (managementPort < 0 ? "" : " or BOOKSTORE_MANAGEMENT_PORT") + " to another one",
                        e);
            }
            throw e;
        }
    }

    private static @Nullable String provideMongo(
            Environment environment, Map<String, Object> settings, Deque<AutoCloseable> parts) {
        String uri = environment.getProperty("mongodb.uri", String.class).orElse("");
        EmbeddedMongo embedded = null;
        if (uri.isBlank()) {
            embedded = EmbeddedMongo.start(environment.getRequiredProperty("bookstore.data-dir", String.class));
            parts.push(embedded);
            uri = embedded.patientUri();
        }
        String complete = MongoUri.withDefaults(uri);
        settings.put("mongodb.uri", complete);
        String database = new ConnectionString(complete).getDatabase();
        settings.put("bookstore.mongo.database", database == null ? MongoUri.DEFAULT_DATABASE : database);
        return embedded == null ? null : embedded.storage();
    }

    /** The address it listens at, such as {@code http://127.0.0.1:7002}. */
    public URI uri() {
        return server.getURI();
    }

    /** The address of health and metrics, at a port of their own or at that of the service. */
    public URI managementUri() {
        return managementPort < 0
                ? uri()
                : UriBuilder.of(uri()).port(managementPort).build();
    }

    /** The stand-ins that it started. */
    public StandIns standIns() {
        return standIns;
    }

    /** The beans of the service. */
    public ApplicationContext context() {
        return context;
    }

    /** Lets the requests under way finish, then stops everything. */
    @Override
    public void close() {
        if (context.isRunning()) {
            context.getBean(Stopping.class).begin();
        }
        closeAll(parts, (part, failure) -> logger.warn("{} did not stop cleanly", part, failure));
        // Micronaut shuts no executor down that is a bean by two names, as this one is: its threads would live for a
        // minute more.
        blocking.shutdown();
    }

    private static void closeAll(Deque<AutoCloseable> parts, BiConsumer<AutoCloseable, Exception> onFailure) {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                onFailure.accept(part, e);
            }
        }
    }
}
