package io.bookstore.bench.bare;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;

/** The two routes on the same kind of embedded MongoDB, with as many books as the service's samples. */
public final class BareService {

    private static final int BOOKS = 100;

    private BareService() {}

    @SuppressWarnings("SystemOut") // the benchmark reads the address
    public static void main(String[] args) throws InterruptedException {
        MongoServer mongo = new MongoServer(new H2Backend(MVStore.open(null)));
        ApplicationContext context = ApplicationContext.builder()
                .banner(false)
                .properties(Map.of(
                        "micronaut.server.port",
                        -1,
                        "micronaut.server.host",
                        "127.0.0.1",
                        "mongodb.uri",
                        mongo.bindAndGetConnectionString() + "/bookstore"))
                .start();
        context.getBean(BareBookRepository.class)
                .saveAll(IntStream.range(0, BOOKS).mapToObj(BareService::book).toList());
        System.out.println(
                "Books " + context.getBean(EmbeddedServer.class).start().getURI() + "/");
        Thread.currentThread().join();
    }

    private static BareBook book(int number) {
        return new BareBook(
                null,
                "A book of about the usual length " + number,
                "Somebody Known",
                "9780140186475",
                new BigDecimal("9.95"),
                "Classic",
                "A description with as many words as those of the samples have, which is one or two sentences of them.",
                Instant.EPOCH,
                number,
                Instant.EPOCH,
                Instant.EPOCH,
                0L);
    }
}
