package io.bookstore.api.standin;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** The documents of the embedded database, in a file whose every commit is asked for, or in memory. */
final class StoreFile {

    /** Each commit writes the changed pages anew; smaller ones than H2's 16 KiB make it cheaper. */
    private static final int PAGE_BYTES = 4 * 1024;

    /** After which the place of an old page may be taken: a reader may still be on its way through it. */
    private static final int RETENTION_MILLIS = 10_000;

    private static final long TIDY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TIDY_FILL_PERCENT = 50;
    private static final int TIDY_BYTES = 1024 * 1024;

    private final MVStore store;
    private final boolean inMemory;
    private final AtomicLong tidiedNanos = new AtomicLong(System.nanoTime());

    private StoreFile(MVStore store, boolean inMemory) {
        this.store = store;
        this.inMemory = inMemory;
    }

    /**
     * Opens the store.
     *
     * @param file its path; null keeps everything in memory
     * @throws MVStoreException if the file cannot be read or another process has it
     */
    static StoreFile open(@Nullable String file) {
        if (file == null) {
            return new StoreFile(MVStore.open(null), true);
        }
        // H2's own commits run in the background: during one, commit() would find nothing to do, and not wait.
        MVStore store = new MVStore.Builder()
                .fileName(file)
                .autoCommitDisabled()
                .pageSplitSize(PAGE_BYTES)
                .open();
        store.setRetentionTime(RETENTION_MILLIS);
        return new StoreFile(store, false);
    }

    MVStore store() {
        return store;
    }

    /**
     * Writes what is not in the file yet, and waits for it.
     *
     * @throws MVStoreException if the file cannot be written, for want of room for example
     */
    void commit() {
        if (!inMemory) {
            store.commit();
            tidy();
        }
    }

    // H2 does this in the thread that commits in the background, too.
    private void tidy() {
        long last = tidiedNanos.get();
        long now = System.nanoTime();
        if (now - last > TIDY_NANOS && tidiedNanos.compareAndSet(last, now)) {
            store.compact(TIDY_FILL_PERCENT, TIDY_BYTES);
        }
    }
}
