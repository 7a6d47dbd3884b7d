package io.bookstore.api.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
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
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the indexes the lists need, beside the start so that a MongoDB that is down does not stop the service. */
@Singleton
class IndexCreation {

    private static final Logger logger = LoggerFactory.getLogger(IndexCreation.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    private final MongoDatabase database;
    private final TaskScheduler scheduler;

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
        create();
    }

    private void create() {
        try {
            // Each list sorts by _id after its filter, so a page is one walk along an index.
            database.getCollection("books")
                    .createIndexes(List.of(
                            new IndexModel(Indexes.ascending("genre", "_id")),
                            new IndexModel(Indexes.ascending("author", "_id"))));
            database.getCollection("idempotency_keys")
                    .createIndex(Indexes.ascending("expiresAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
        } catch (MongoException e) {
            logger.warn(
                    "Indexes not created yet, trying again in {} s: {}",
                    RETRY_DELAY.toSeconds(),
                    e.getClass().getSimpleName());
            var unused = scheduler.schedule(RETRY_DELAY, this::create);
        }
    }
}
