package io.bookstore.perf.run;

import io.bookstore.perf.record.CallSpan;
import io.bookstore.perf.record.SpanReceiver;
import io.bookstore.perf.stack.Stack;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The service of one run or of several: found or started for the first of them, and kept until the session is closed.
 *
 * <p>Each run begins when nothing of the one before is under way, and meets the service as the first one did: what can be
 * reset is reset, and a service that keeps more of a run than that is started anew.
 */
public final class ServiceSession implements AutoCloseable {

    /** Twice the deadline that the BookStore API has for a summary. */
    private static final Duration QUIET_LIMIT = Duration.ofSeconds(60);

    private final Consumer<CallSpan> calls;
    private @Nullable SpanReceiver spans;
    private @Nullable Stack stack;

    public ServiceSession() {
        this(call -> {});
    }

    /** @param calls gets each span of a call to a model that the service sends, on other threads */
    public ServiceSession(Consumer<CallSpan> calls) {
        this.calls = calls;
    }

    /** The service for a run that is about to begin. */
    Stack open(RunOrder order, boolean everyAddress, RunWatcher watcher) throws InterruptedException {
        Stack kept = stack;
        if (kept == null) {
            spans = SpanSource.open(order.service(), System.getenv(), calls);
            return begin(order, everyAddress, watcher, "starting the BookStore API");
        }
        if (order.service().baseUrl() != null) {
            awaitQuiet(kept, watcher);
            kept.requireAnswer(order.remedy(kept.baseUrl()));
            return kept;
        }
        Optional<String> reason = reasonToStartAnew(kept, watcher);
        if (reason.isEmpty()) {
            return kept;
        }
        kept.close();
        stack = null;
        return begin(order, everyAddress, watcher, "starting the BookStore API anew, for " + reason.get());
    }

    private static Optional<String> reasonToStartAnew(Stack kept, RunWatcher watcher) throws InterruptedException {
        Optional<String> known = kept.reasonToStartAnew();
        if (known.isPresent()) {
            // Nobody needs to wait for calls that will be stopped.
            return known;
        }
        if (!kept.awaitQuiet(QUIET_LIMIT, watcher::showPhase)) {
            return Optional.of("it still has calls of a model under way");
        }
        Optional<String> late = kept.reasonToStartAnew();
        return late.isPresent() || kept.resetSimulator() ? late : Optional.of("its simulator was not reset");
    }

    /** A service that runs already may have other clients, which never end; then this run is loaded with their calls. */
    private static void awaitQuiet(Stack kept, RunWatcher watcher) throws InterruptedException {
        if (!kept.awaitQuiet(QUIET_LIMIT, watcher::showPhase)) {
            watcher.log(
                    "warning",
                    kept.baseUrl() + " still has calls of a model under way, or an open circuit, "
                            + QUIET_LIMIT.toSeconds() + " s after the run before; this run begins nevertheless.");
        }
    }

    private Stack begin(RunOrder order, boolean everyAddress, RunWatcher watcher, String phase)
            throws InterruptedException {
        RunOrder.Service service = order.service();
        URI running = service.baseUrl();
        Stack begun;
        if (running != null) {
            begun = Stack.at(running, order.remedy(running));
        } else {
            watcher.showPhase(phase);
            begun = Stack.start(
                    service.apiJar(),
                    service.port(),
                    SpanSource.serviceEnv(service.env(), spans),
                    everyAddress,
                    log(order),
                    watcher::showPhase);
        }
        stack = begun;
        return begun;
    }

    /** The log of a service that is started for that run. */
    static Path log(RunOrder order) {
        return order.output().resolve("api.log");
    }

    /** The receiver of the service's spans; null if it sends them elsewhere, or none. */
    @Nullable
    SpanReceiver spans() {
        return spans;
    }

    /** Stops what was started. */
    @Override
    public void close() {
        Stack begun = stack;
        SpanReceiver receiver = spans;
        stack = null;
        spans = null;
        try (receiver) {
            if (begun != null) {
                begun.close();
            }
        }
    }
}
