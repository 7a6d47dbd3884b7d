package io.bookstore.api.summary.cache;

import io.bookstore.api.http.connection.Presence;
import io.bookstore.api.llm.call.Deadline;
import io.bookstore.api.llm.call.Generation;
import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.summary.cache.SummaryCache.Found;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One call for everybody who wants the same summary at the time. It runs on the thread of whoever came first, goes on
 * when that one leaves, and is stopped when the last one has left.
 */
final class Flight extends CompletableFuture<Generation> {

    private final FutureTask<Found> work;
    private int aboard = 1;

    /** @param source makes the summary, on the thread that calls {@link #fly}; interrupted if nobody waits any more */
    Flight(Supplier<Found> source) {
        this.work = new FutureTask<>(source::get);
    }

    /**
     * Makes the summary for the one who came first and for all who board meanwhile.
     *
     * @throws LlmException if it cannot be made, or nobody waits any more
     */
    Found fly(Presence client) {
        client.whenGone(this::leave);
        work.run();
        try {
            Found found = work.get();
            complete(found.generation());
            return found;
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException e) {
            // The interrupt was meant for the work, which is over; this thread has others to do.
            Thread.interrupted();
            throw failed(LlmException.clientGone(e));
        } catch (InterruptedException e) {
            throw failed(new IllegalStateException("Work that is done is not waited for", e));
        }
    }

    private RuntimeException failed(Throwable cause) {
        completeExceptionally(cause);
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException own ? own : new IllegalStateException(cause);
    }

    /** Joins those who wait; false if the flight has been given up, or is just being. */
    synchronized boolean board() {
        if (aboard == 0) {
            return false;
        }
        aboard++;
        return true;
    }

    /** Waits for the summary; for one who has boarded. */
    Generation await(Deadline deadline, Presence client) {
        CompletableFuture<Generation> own = copy();
        client.whenGone(() -> own.cancel(false));
        try {
            return own.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            leave();
            throw LlmException.deadlineExceeded(e);
        } catch (CancellationException e) {
            leave();
            throw LlmException.clientGone(e);
        } catch (InterruptedException e) {
            leave();
            Thread.currentThread().interrupt();
            throw LlmException.clientGone(e);
        }
    }

    private synchronized void leave() {
        aboard--;
        if (aboard == 0) {
            work.cancel(true);
        }
    }
}
