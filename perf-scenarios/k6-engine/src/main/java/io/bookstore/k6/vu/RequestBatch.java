package io.bookstore.k6.vu;

import io.bookstore.k6.options.HttpOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Sends requests side by side, within k6's limits for all and for one host, and keeps the order of the answers. */
final class RequestBatch<R> {
    private final HttpOptions options;
    private final ExecutorService threads;

    record Item<R>(String url, Supplier<R> send) {}

    RequestBatch(HttpOptions options, ExecutorService threads) {
        this.options = options;
        this.threads = threads;
    }

    List<R> run(List<Item<R>> items) throws InterruptedException {
        Semaphore all = new Semaphore(options.batch());
        Map<String, Semaphore> hosts = new HashMap<>();
        List<Future<R>> pending = new ArrayList<>();
        for (Item<R> item : items) {
            Semaphore host = hosts.computeIfAbsent(host(item.url()), key -> new Semaphore(options.batchPerHost()));
            pending.add(threads.submit(() -> {
                // The host first: a request that waits for its host must not hold a permit that others could use.
                host.acquire();
                try {
                    all.acquire();
                    try {
                        return item.send().get();
                    } finally {
                        all.release();
                    }
                } finally {
                    host.release();
                }
            }));
        }
        return collect(pending);
    }

    private List<R> collect(List<Future<R>> pending) throws InterruptedException {
        List<R> results = new ArrayList<>();
        try {
            for (Future<R> request : pending) {
                results.add(request.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pending.forEach(request -> request.cancel(true));
        }
        return results;
    }

    private static String host(String url) {
        try {
            return String.valueOf(URI.create(url).getAuthority());
        } catch (IllegalArgumentException e) {
            return url;
        }
    }
}
