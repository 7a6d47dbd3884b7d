package io.bookstore.api.health;

import com.mongodb.client.MongoClient;
import io.bookstore.api.standin.EmbeddedMongo;
import io.bookstore.api.standin.StandIns;
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

/**
 * Asks MongoDB whether it is there. No answer within a second is a no, but for the embedded one: it is there as long as this
 * process is, and a late answer of its means that the process gets no processor.
 */
@Singleton
public final class MongoPing {

    // The driver of this generation has no deadline for one command, so the caller stops waiting instead.
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final MongoClient client;
    private final ExecutorService executor;
    private final Duration limit;

    MongoPing(MongoClient client, @Named(TaskExecutors.BLOCKING) ExecutorService executor, StandIns standIns) {
        this.client = client;
        this.executor = executor;
        this.limit = standIns.mongoEmbedded() ? EmbeddedMongo.PATIENCE : LIMIT;
    }

    /** The longest time that an answer may take. */
    Duration limit() {
        return limit;
    }

    /** Returns whether MongoDB answered in time; never throws. */
    public boolean answers() {
        Future<Document> answer =
                executor.submit(() -> client.getDatabase("admin").runCommand(new Document("ping", 1)));
        try {
            answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
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
