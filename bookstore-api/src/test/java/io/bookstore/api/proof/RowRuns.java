package io.bookstore.api.proof;

import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Proofs of rows that run beside each other, for most of them wait. The test of a row waits for the row's own proof.
 *
 * <p>Each proof has ten minutes from its start; then it fails by name, with the stack of its thread, and the next one
 * begins.
 */
final class RowRuns implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "row");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, CompletableFuture<Seen>> runs = new ConcurrentHashMap<>();
    private final PackagedService shared;

    /** @param shared says in its log what a row that uses no other service has met */
    RowRuns(PackagedService shared) {
        this.shared = shared;
    }

    /**
     * Starts rows one after the other.
     *
     * @param before must have ended before the first begins, well or not
     * @return ends with the last one
     */
    CompletableFuture<?> inTurn(List<Row> rows, CompletableFuture<?> before) {
        CompletableFuture<?> last = before;
        for (Row row : rows) {
            last = start(row, last);
        }
        return last;
    }

    /**
     * Starts rows beside each other.
     *
     * @param before must have ended before they begin, well or not
     * @return ends with the last one
     */
    CompletableFuture<?> together(List<Row> rows, CompletableFuture<?> before) {
        return all(rows.stream().map(row -> start(row, before)));
    }

    /** Ends when all have ended, well or not. */
    static CompletableFuture<?> all(Stream<CompletableFuture<?>> runs) {
        return CompletableFuture.allOf(
                runs.map(run -> run.handle((seen, failure) -> seen)).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Seen> start(Row row, CompletableFuture<?> before) {
        CompletableFuture<Seen> run = new CompletableFuture<>();
        if (runs.put(row.id(), run) != null) {
            throw new IllegalArgumentException(row.id() + " is started twice");
        }
        before.whenComplete((last, failure) -> threads.execute(() -> prove(row, run)));
        return run;
    }

    private void prove(Row row, CompletableFuture<Seen> run) {
        Thread thread = Thread.currentThread();
        thread.setName("row " + row.id());
        Executor atTheLimit = CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        atTheLimit.execute(() -> {
            if (run.completeExceptionally(new AssertionError(
                    row.id() + " has not ended after " + LIMIT.toMinutes() + " minutes; it is at\n" + stack(thread)))) {
                thread.interrupt();
            }
        });
        PackagedService.forgetUse();
        try {
            Proof proof = Objects.requireNonNull(row.proof());
            run.complete(proof.see());
        } catch (Exception | AssertionError e) {
            PackagedService used = PackagedService.usedLast();
            boolean skipped = e instanceof TestAbortedException;
            run.completeExceptionally(skipped ? e : (used == null ? shared : used).withLogTail(e));
        }
    }

    private static String stack(Thread thread) {
        return Stream.of(thread.getStackTrace()).map(frame -> "\tat " + frame).collect(Collectors.joining("\n"));
    }

    /** Waits for the end of a row's proof, and returns or throws what it did. */
    Seen await(Row row) throws Exception {
        try {
            return Objects.requireNonNull(runs.get(row.id()), row.id()).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
