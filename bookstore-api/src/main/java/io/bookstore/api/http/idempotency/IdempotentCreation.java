package io.bookstore.api.http.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoException;
import io.bookstore.api.digest.Sha256;
import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.http.problem.ProblemType;
import io.micronaut.context.annotation.Context;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a creation once per {@code Idempotency-Key}, and answers each repetition with the first answer.
 *
 * <p>Without a key it is made each time. A refused creation stores nothing, so it is not remembered.
 */
// Made at start, so that a bad setting stops the service and not its first client.
@Context
public final class IdempotentCreation {

    private static final Logger logger = LoggerFactory.getLogger(IdempotentCreation.class);

    private final IdempotencyRecords records;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    IdempotentCreation(IdempotencyRecords records, ObjectMapper json) {
        this(records, json, Clock.systemUTC());
    }

    IdempotentCreation(IdempotencyRecords records, ObjectMapper json, Clock clock) {
        this.records = records;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Answers the request.
     *
     * @param body the body, which must be the same in all requests with one key
     * @param count the number of resources to create
     * @throws ProblemException if the key is malformed, belongs to another body, or its first request is under way
     */
    public HttpResponse<?> once(HttpRequest<?> request, byte[] body, int count, Creation creation)
            throws JsonProcessingException {
        List<String> ids =
                Stream.generate(() -> new ObjectId().toHexString()).limit(count).toList();
        IdempotencyKey key = IdempotencyKey.of(request);
        if (key == null) {
            return creation.storeAs(ids);
        }
        String name = Sha256.hex((key.scope() + "\n" + key.value()).getBytes(StandardCharsets.UTF_8));
        String fingerprint = Sha256.hex(body);
        Instant now = clock.instant();
        if (records.begin(name, fingerprint, ids, now)) {
            return attempt(name, ids, creation);
        }
        Document record = records.find(name, now);
        if (record == null) {
            if (records.begin(name, fingerprint, ids, now)) {
                return attempt(name, ids, creation);
            }
            throw underWay();
        }
        return repeated(record, fingerprint, now, creation);
    }

    private HttpResponse<?> repeated(Document record, String fingerprint, Instant now, Creation creation)
            throws JsonProcessingException {
        if (!record.getString("fingerprint").equals(fingerprint)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    IdempotencyKey.HEADER + " was used with another body; a new request needs a new key");
        }
        Document answer = record.get("answer", Document.class);
        if (answer != null) {
            return StoredAnswer.of(answer).toResponse().header("Idempotency-Replayed", "true");
        }
        if (record.getDate("takenUntil").toInstant().isAfter(now) || !records.takeOver(record, now)) {
            throw underWay();
        }
        List<String> ids = record.getList("ids", ObjectId.class).stream()
                .map(ObjectId::toHexString)
                .toList();
        return attempt(record.getString("_id"), ids, creation);
    }

    private HttpResponse<?> attempt(String name, List<String> ids, Creation creation) throws JsonProcessingException {
        StoredAnswer answer = null;
        try {
            HttpResponse<?> response = creation.storeAs(ids);
            answer = StoredAnswer.of(response, json.writeValueAsBytes(response.body()));
            return answer.toResponse();
        } finally {
            keep(name, answer);
        }
    }

    /** Keeps the answer if it can; without it, a repetition finds by their ids what was created. */
    private void keep(String name, @Nullable StoredAnswer answer) {
        try {
            if (answer == null) {
                records.giveUp(name);
            } else {
                records.complete(name, answer.toDocument());
            }
        } catch (MongoException e) {
            logger.warn("The answer of a creation is not kept: {}", e.getClass().getSimpleName());
        }
    }

    private static ProblemException underWay() {
        return new ProblemException(
                ProblemType.REQUEST_IN_PROGRESS,
                "The first request with that " + IdempotencyKey.HEADER + " is still under way",
                List.of(),
                Duration.ofSeconds(1),
                null);
    }
}
