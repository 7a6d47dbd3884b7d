package io.bookstore.api.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The stand-in does under concurrency what MongoDB does. */
class EmbeddedMongoTest {

    private static final int ROUNDS = 300;

    @Test
    void writeSucceedsWhileTheIndexesOfItsCollectionAreMade() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (EmbeddedMongo mongo = EmbeddedMongo.start(EmbeddedMongo.MEMORY);
                MongoClient client = MongoClients.create(mongo.uri())) {
            for (int round = 0; round < ROUNDS; round++) {
                MongoCollection<Document> books =
                        client.getDatabase("bookstore").getCollection("books" + round);
                CyclicBarrier start = new CyclicBarrier(2);
                Future<?> indexes = other.submit(() -> {
                    start.await();
                    return books.createIndex(Indexes.ascending("genre"));
                });

                start.await();
                books.insertOne(new Document("genre", "Novel"));
                indexes.get();

                assertThat(books.countDocuments()).isEqualTo(1);
            }
        } finally {
            other.shutdownNow();
        }
    }
}
