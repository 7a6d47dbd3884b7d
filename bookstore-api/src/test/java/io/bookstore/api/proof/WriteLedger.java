package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The writes that a service has acknowledged to those who write at the same time, until it is killed. */
final class WriteLedger {

    private static final int WRITERS = 8;
    private static final int WRITES_BEFORE_THE_KILL = 300;
    private static final String GONE = "(gone)";

    /** The titles that a book may have, by its path: more than one while a write is under way. */
    private final Map<String, Set<String>> legal = new ConcurrentHashMap<>();

    private final AtomicInteger acknowledged = new AtomicInteger();

    /** Kills the service while all write. */
    void writeUntilTheKillOf(PackagedService service) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String name = "writer " + i;
                writers.add(threads.submit(() -> write(service, name)));
            }
            await().until(() -> acknowledged.get() >= WRITES_BEFORE_THE_KILL
                    || writers.stream().anyMatch(Future::isDone));
            service.signal("KILL");
            service.exitCode();
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(acknowledged).hasValueGreaterThanOrEqualTo(WRITES_BEFORE_THE_KILL);
    }

    /** Every write that was acknowledged is there; one that was under way is, or is not. */
    void assertKeptBy(PackagedService restarted) {
        legal.forEach((path, titles) -> {
            Answer answer = restarted.get(path);
            String found = answer.status() == 404
                    ? GONE
                    : answer.assertStatus(200).json().get("title").asText();
            assertThat(titles).as(path).contains(found);
        });
    }

    private void write(PackagedService service, String writer) {
        try {
            for (int i = 0; true; i++) {
                String title = writer + ", book " + i;
                Answer created = service.post("/api/v1/Books", book(title));
                if (isAcknowledged(created, 201)) {
                    String path = created.header("location").orElseThrow();
                    legal.put(path, Set.of(title));
                    if (i % 2 == 1) {
                        change(path, title + ", anew", 200, () -> service.send("PUT", path, book(title + ", anew")));
                    }
                    if (i % 4 == 3) {
                        change(path, GONE, 204, () -> service.send("DELETE", path, ""));
                    }
                }
            }
        } catch (CompletionException killed) {
            // That is what it writes for.
        }
    }

    private void change(String path, String after, int status, Supplier<Answer> write) {
        Set<String> either = ConcurrentHashMap.newKeySet();
        either.addAll(legal.get(path));
        either.add(after);
        legal.put(path, either);
        if (isAcknowledged(write.get(), status)) {
            legal.put(path, Set.of(after));
        }
    }

    /** A busy machine may refuse a write for want of a connection to the database. */
    private boolean isAcknowledged(Answer answer, int status) {
        if (answer.status() == 503) {
            return false;
        }
        answer.assertStatus(status);
        acknowledged.incrementAndGet();
        return true;
    }

    private static String book(String title) {
        return World.BOOK.replace("Dubliners", title);
    }
}
