package io.bookstore.api.book;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bookstore.api.RunningStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The same on MongoDB itself, in a container; skipped where there is no Docker. */
class RealMongoStorageTest implements BookStorageContract {

    private static final int PORT = 27017;

    private static @Nullable GenericContainer<?> mongo;
    private static @Nullable RunningStore store;

    @BeforeAll
    static void start() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "MongoDB itself needs Docker");
        GenericContainer<?> container =
                new GenericContainer<>(DockerImageName.parse("mongo:8.0")).withExposedPorts(PORT);
        mongo = container;
        container.start();
        store = RunningStore.start(Map.of(
                "mongodb.uri",
                "mongodb://" + container.getHost() + ":" + container.getMappedPort(PORT) + "/bookstore"));
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
        if (mongo != null) {
            mongo.stop();
        }
    }

    @Override
    public RunningStore store() {
        return java.util.Objects.requireNonNull(store);
    }
}
