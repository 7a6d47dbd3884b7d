package io.bookstore.api.health;

import com.mongodb.client.MongoClient;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bson.Document;

/** Asks MongoDB whether it is there, and takes no answer within a second for a no. */
@Singleton
public final class MongoPing {

    // The driver of this generation has no deadline for one command, so the caller stops waiting instead.
    static final Duration LIMIT = Duration.ofSeconds(1);

    private final MongoClient client;
    private final ExecutorService executor;

    MongoPing(MongoClient client, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.client = client;
        this.executor = executor;
    }

    /** Returns whether MongoDB answered in time; never throws. */
    public boolean answers() {
        Future<Document> answer =
                executor.submit(() -> client.getDatabase("admin").runCommand(new Document("ping", 1)));
        try {
            answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            answer.cancel(true);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
