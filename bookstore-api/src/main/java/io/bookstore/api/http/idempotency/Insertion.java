package io.bookstore.api.http.idempotency;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.annotation.MappedEntity;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.EncoderContext;

/**
 * Stores documents whose ids are chosen beforehand, each once, whatever an earlier attempt has stored already.
 *
 * <p>Not by {@code CrudRepository.save}: it gives each document a new id, even one that has an id.
 */
@Singleton
public final class Insertion {

    private final MongoDatabase database;

    Insertion(MongoClient client, @Property(name = "bookstore.mongo.database") String database) {
        this.database = client.getDatabase(database);
    }

    /**
     * Stores them.
     *
     * @param type says by its {@link MappedEntity} where
     * @param find returns the document that is stored already in place of the given one
     * @return the documents that are stored now, in the order given
     */
    public <E> List<E> insert(Class<E> type, List<E> documents, Function<E, E> find) {
        if (documents.isEmpty()) {
            return documents;
        }
        String collection = type.getAnnotation(MappedEntity.class).value();
        try {
            database.getCollection(collection, BsonDocument.class)
                    .insertMany(encoded(type, documents), new InsertManyOptions().ordered(false));
            return documents;
        } catch (MongoBulkWriteException e) {
            List<E> stored = new ArrayList<>(documents);
            for (BulkWriteError error : e.getWriteErrors()) {
                if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                stored.set(error.getIndex(), find.apply(documents.get(error.getIndex())));
            }
            return stored;
        }
    }

    private <E> List<BsonDocument> encoded(Class<E> type, List<E> documents) {
        Codec<E> codec = database.getCodecRegistry().get(type);
        List<BsonDocument> encoded = new ArrayList<>();
        for (E document : documents) {
            BsonDocument target = new BsonDocument();
            codec.encode(
                    new BsonDocumentWriter(target),
                    document,
                    EncoderContext.builder().build());
            encoded.add(target);
        }
        return encoded;
    }
}
