package io.bookstore.api.book;

import io.bookstore.api.RunningStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedMongoStorageTest implements BookStorageContract {

    private static RunningStore store;

    @BeforeAll
    static void start() {
        store = RunningStore.start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Override
    public RunningStore store() {
        return store;
    }
}
