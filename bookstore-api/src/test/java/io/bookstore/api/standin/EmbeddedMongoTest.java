package io.bookstore.api.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void writeThatIsAnsweredIsInTheFile(@TempDir Path directory) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try (EmbeddedMongo mongo = EmbeddedMongo.start(directory.toString());
                MongoClient client = MongoClients.create(mongo.uri())) {
            MongoCollection<Document> books = client.getDatabase("bookstore").getCollection("books");
            List<Future<?>> written = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int first = writer * 100;
                written.add(writers.submit(() -> {
                    for (int i = first; i < first + 100; i++) {
                        books.insertOne(new Document("_id", i));
                        books.updateOne(Filters.eq(i), Updates.set("title", "Dubliners"));
                        if (i % 2 == 0) {
                            books.deleteOne(Filters.eq(i));
                        }
                    }
                }));
            }
            for (Future<?> done : written) {
                done.get();
            }

            // What a kill at this moment would leave.
            Path left = Files.createDirectory(directory.resolve("left"));
            Path file = Path.of(mongo.storage());
            Files.copy(file, left.resolve(file.getFileName()));

            assertThat(booksIn(left)).hasSize(200).allSatisfy(book -> {
                assertThat(book.getInteger("_id") % 2).isEqualTo(1);
                assertThat(book.getString("title")).isEqualTo("Dubliners");
            });
        } finally {
            writers.shutdownNow();
        }
    }

    private static List<Document> booksIn(Path directory) {
        try (EmbeddedMongo mongo = EmbeddedMongo.start(directory.toString());
                MongoClient client = MongoClients.create(mongo.uri())) {
            return client.getDatabase("bookstore").getCollection("books").find().into(new ArrayList<>());
        }
    }
}
