package io.bookstore.k6.executor;

import io.bookstore.k6.vu.TestRun;
import io.bookstore.k6.vu.VirtualUser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The virtual users of a test, shared by scenarios that do not overlap. Thread-safe. */
public final class VuPool implements AutoCloseable {
    private final TestRun run;
    private final AtomicInteger lastId = new AtomicInteger();
    private final ArrayDeque<VirtualUser> idle = new ArrayDeque<>();
    private final List<VirtualUser> all = new ArrayList<>();

    public VuPool(TestRun run) {
        this.run = run;
    }

    /** Runs the init code of so many virtual users, as many at a time as there are processors. */
    public void fill(int count) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(1, Math.min(count, Runtime.getRuntime().availableProcessors())));
        try {
            List<Future<VirtualUser>> pending = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                pending.add(threads.submit(this::create));
            }
            List<VirtualUser> created = new ArrayList<>();
            for (Future<VirtualUser> future : pending) {
                created.add(future.get());
            }
            created.sort(Comparator.comparingInt(VirtualUser::id));
            synchronized (this) {
                idle.addAll(created);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Takes a free virtual user, or makes one when there is none. */
    VirtualUser acquire() {
        VirtualUser free;
        synchronized (this) {
            free = idle.poll();
        }
        VirtualUser taken = free == null ? create() : free;
        run.control().activeVus().incrementAndGet();
        return taken;
    }

    /** Makes a virtual user in the middle of the test. */
    VirtualUser acquireNew() {
        VirtualUser created = create();
        run.control().activeVus().incrementAndGet();
        return created;
    }

    void release(VirtualUser vu) {
        run.control().activeVus().decrementAndGet();
        synchronized (this) {
            idle.add(vu);
        }
    }

    private VirtualUser create() {
        VirtualUser vu = new VirtualUser(lastId.incrementAndGet(), run);
        synchronized (this) {
            all.add(vu);
        }
        run.control().initializedVus().incrementAndGet();
        return vu;
    }

    @Override
    public synchronized void close() {
        all.forEach(VirtualUser::close);
        all.clear();
    }
}
