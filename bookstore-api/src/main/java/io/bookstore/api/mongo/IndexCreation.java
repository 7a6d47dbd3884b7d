package io.bookstore.api.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.bookstore.api.health.HealthDetail;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import io.micronaut.scheduling.annotation.Async;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the indexes the lists need, beside the start so that a MongoDB that is down does not stop the service. It is tried
 * again after ever longer pauses; until it has succeeded, {@code /health} tells why not.
 */
@Singleton
class IndexCreation implements HealthDetail {

    private static final Logger logger = LoggerFactory.getLogger(IndexCreation.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int MAX_MESSAGE = 300;

    private final MongoDatabase database;
    private final TaskScheduler scheduler;
    private volatile @Nullable String missingBecause;

    IndexCreation(
            MongoClient client,
            @Property(name = "bookstore.mongo.database") String database,
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        this.database = client.getDatabase(database);
        this.scheduler = scheduler;
    }

    @Async
    @EventListener
    void onStart(ServerStartupEvent event) {
        create(FIRST_PAUSE);
    }

    @Override
    public String part() {
        return "indexes";
    }

    @Override
    public Map<String, Object> describe() {
        String reason = missingBecause;
        return reason == null ? Map.of("status", "UP") : Map.of("status", "DEGRADED", "reason", reason);
    }

    private void create(Duration pause) {
        try {
            // Each list sorts by _id after its filter, so a page is one walk along an index.
            database.getCollection("books")
                    .createIndexes(List.of(
                            new IndexModel(Indexes.ascending("genre", "_id")),
                            new IndexModel(Indexes.ascending("author", "_id"))));
            database.getCollection("idempotency_keys")
                    .createIndex(Indexes.ascending("expiresAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
            missingBecause = null;
        } catch (MongoException e) {
            String reason = reason(e);
            missingBecause = reason;
            logger.warn("Indexes not created yet, trying again in {} s: {}: {}", pause.toSeconds(), reason, message(e));
            Duration doubled = pause.multipliedBy(2);
            Duration next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            tryAgain(pause, next);
        }
    }

    private void tryAgain(Duration pause, Duration next) {
        try {
            var unused = scheduler.schedule(pause, () -> create(next));
        } catch (RejectedExecutionException stopping) {
            logger.debug("Indexes are not tried again: the service stops");
        }
    }

    private static String reason(MongoException e) {
        return e instanceof MongoCommandException refused
                ? (refused.getErrorCodeName() + " (code " + refused.getErrorCode() + ")").strip()
                : e.getClass().getSimpleName();
    }

    private static String message(MongoException e) {
        String message = e instanceof MongoCommandException refused ? refused.getErrorMessage() : e.getMessage();
        String line = String.valueOf(message).replaceAll("\\p{Cntrl}", " ");
        return line.substring(0, Math.min(line.length(), MAX_MESSAGE));
    }
}
