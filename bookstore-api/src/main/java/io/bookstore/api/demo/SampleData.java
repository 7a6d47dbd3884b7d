package io.bookstore.api.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.bookstore.api.digest.Sha256;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * Puts the sample books and authors into the database, each once.
 *
 * <p>The id of a sample is derived from what identifies it. So a second call, or two at a time, add nothing, and a book
 * has the same id on every machine, which lets a load test be repeated exactly.
 */
@Singleton
class SampleData {

    private static final TypeReference<List<Map<String, Object>>> RECORDS = new TypeReference<>() {};

    private final MongoDatabase database;
    private final ObjectMapper json;

    SampleData(MongoClient client, @Property(name = "bookstore.mongo.database") String database, ObjectMapper json) {
        this.database = client.getDatabase(database);
        this.json = json;
    }

    /** Adds the missing books and returns how many those were. */
    int addBooks() {
        return add("books", "isbn");
    }

    /** Adds the missing authors and returns how many those were. */
    int addAuthors() {
        return add("authors", "name");
    }

    private int add(String collection, String identity) {
        List<UpdateOneModel<Document>> upserts = read(collection).stream()
                .map(sample -> upsert(sample, String.valueOf(sample.get(identity))))
                .toList();
        BulkWriteResult result =
                database.getCollection(collection).bulkWrite(upserts, new BulkWriteOptions().ordered(false));
        return result.getUpserts().size();
    }

    private static UpdateOneModel<Document> upsert(Map<String, Object> sample, String identity) {
        Document document = new Document();
        sample.forEach((field, value) -> document.append(field, stored(field, value)));
        Date now = Date.from(Instant.now());
        document.append("createdAt", now).append("updatedAt", now).append("version", 0L);
        return new UpdateOneModel<>(
                Filters.eq("_id", idOf(identity)),
                new Document("$setOnInsert", document),
                new UpdateOptions().upsert(true));
    }

    private static Object stored(String field, Object value) {
        if (value instanceof BigDecimal decimal) {
            return new Decimal128(decimal);
        }
        return field.endsWith("Date") ? Date.from(Instant.parse((String) value)) : value;
    }

    private List<Map<String, Object>> read(String collection) {
        try (InputStream in = SampleData.class.getResourceAsStream("/seed/" + collection + ".json")) {
            return json.readValue(in, RECORDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectId idOf(String identity) {
        return new ObjectId(Arrays.copyOf(Sha256.of(identity), 12));
    }
}
