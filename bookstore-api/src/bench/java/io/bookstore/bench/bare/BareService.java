package io.bookstore.bench.bare;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/** The routes, on the MongoDB that {@code MONGODB_URI} names and the provider of {@code ANTHROPIC_BASE_URL}. */
public final class BareService {

    /** Set here only. */
    static final String PROPERTY = "bench.bare";

    private BareService() {}

    @SuppressWarnings("SystemOut") // the benchmark reads the address
    public static void main(String[] args) throws InterruptedException {
        ApplicationContext context = ApplicationContext.builder()
                .banner(false)
                .properties(Map.of(PROPERTY, true, "micronaut.server.port", -1, "micronaut.server.host", "127.0.0.1"))
                .start();
        System.out.println(
                "Books " + context.getBean(EmbeddedServer.class).start().getURI() + "/");
        Thread.currentThread().join();
    }
}
