package io.bookstore.api.http.idempotency;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The collection {@code idempotency_keys}: per key what the request was, the ids of what it creates, and its answer.
 *
 * <p>The ids are chosen before anything is stored. So an attempt that ended half-way, even with its process, is made
 * again under the same ids and leaves nothing twice.
 */
@Singleton
final class IdempotencyRecords {

    /** An attempt that has no answer after this time is given up and may be made again. */
    static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(30);

    private final MongoCollection<Document> collection;
    private final IdempotencyConfig config;

    IdempotencyRecords(
            MongoClient client,
            @Property(name = "bookstore.mongo.database") String database,
            IdempotencyConfig config) {
        this.collection = client.getDatabase(database).getCollection("idempotency_keys");
        this.config = config;
    }

    /** Notes the begin of a creation; false if there is a record of that key. */
    boolean begin(String key, String fingerprint, List<String> ids, Instant now) {
        try {
            collection.insertOne(new Document("_id", key)
                    .append("fingerprint", fingerprint)
                    .append("ids", ids.stream().map(ObjectId::new).toList())
                    .append("takenUntil", Date.from(now.plus(LONGEST_ATTEMPT)))
                    .append("expiresAt", Date.from(now.plus(config.ttl()))));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    /** The record of the key; null if there is none any more. */
    @Nullable
    Document find(String key, Instant now) {
        // MongoDB looks for what has expired once a minute; the embedded one never does.
        collection.deleteOne(Filters.and(Filters.eq("_id", key), Filters.lte("expiresAt", Date.from(now))));
        return collection.find(Filters.eq("_id", key)).first();
    }

    /** Takes over an attempt that was given up; false if somebody else has done so. */
    boolean takeOver(Document given, Instant now) {
        return collection
                        .updateOne(
                                Filters.and(
                                        Filters.eq("_id", given.get("_id")),
                                        Filters.eq("takenUntil", given.getDate("takenUntil"))),
                                Updates.set("takenUntil", Date.from(now.plus(LONGEST_ATTEMPT))))
                        .getModifiedCount()
                == 1;
    }

    /** Keeps the answer. */
    void complete(String key, Document answer) {
        collection.updateOne(
                Filters.eq("_id", key), Updates.combine(Updates.set("answer", answer), Updates.unset("takenUntil")));
    }

    /** Lets the next request with that key try again at once. */
    void giveUp(String key) {
        collection.updateOne(
                Filters.and(Filters.eq("_id", key), Filters.exists("answer", false)),
                Updates.set("takenUntil", new Date(0)));
    }
}
