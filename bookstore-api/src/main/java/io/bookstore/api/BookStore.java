package io.bookstore.api;

import com.mongodb.ConnectionString;
import io.bookstore.api.mongo.MongoUri;
import io.bookstore.api.standin.EmbeddedMongo;
import io.bookstore.api.standin.StandIns;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The running service with everything it needs: what is not configured is started beside it, in this JVM.
 *
 * <p>Stand-ins start before the application context and stop after it, so nothing ever talks to one that is gone.
 */
public final class BookStore implements AutoCloseable {

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final StandIns standIns;
    private final Deque<AutoCloseable> parts;

    private BookStore(
            ApplicationContext context, EmbeddedServer server, StandIns standIns, Deque<AutoCloseable> parts) {
        this.context = context;
        this.server = server;
        this.standIns = standIns;
        this.parts = parts;
    }

    /**
     * Starts the service and returns when it answers.
     *
     * @param overrides settings that win over files and environment, by their configuration keys
     * @throws StartupException if it cannot start, after stopping whatever had been started
     */
    public static BookStore start(Map<String, Object> overrides) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(overrides, parts);
        } catch (RuntimeException e) {
            closeAll(parts);
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

        Map<String, Object> settings = new HashMap<>();
        String mongoStorage = provideMongo(environment, settings, parts);
        StandIns standIns = new StandIns(mongoStorage, null);

        environment.addPropertySource(PropertySource.of("stand-ins", settings, Integer.MAX_VALUE));
        context.registerSingleton(standIns);
        parts.push(context);
        context.start();
        EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
        return new BookStore(context, server, standIns, parts);
    }

    private static @Nullable String provideMongo(
            Environment environment, Map<String, Object> settings, Deque<AutoCloseable> parts) {
        String uri = environment.getProperty("mongodb.uri", String.class).orElse("");
        EmbeddedMongo embedded = null;
        if (uri.isBlank()) {
            embedded = EmbeddedMongo.start(environment.getRequiredProperty("bookstore.data-dir", String.class));
            parts.push(embedded);
            uri = embedded.uri();
        }
        String complete = MongoUri.withDefaults(uri);
        settings.put("mongodb.uri", complete);
        String database = new ConnectionString(complete).getDatabase();
        settings.put("bookstore.mongo.database", database == null ? MongoUri.DEFAULT_DATABASE : database);
        return embedded == null ? null : embedded.storage();
    }

    /** Where it listens, such as {@code http://127.0.0.1:7002}. */
    public URI uri() {
        return server.getURI();
    }

    /** What is not the real thing. */
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
        closeAll(parts);
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                org.slf4j.LoggerFactory.getLogger(BookStore.class).warn("A part did not stop cleanly", e);
            }
        }
    }
}
