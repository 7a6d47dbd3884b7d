package io.bookstore.api.summary.cache;

import io.bookstore.api.http.connection.ClientConnection;
import io.bookstore.api.llm.call.Deadline;
import io.bookstore.api.llm.call.LlmAnswer;
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
 * A call shared by all requests that want the same summary at a time. It runs on the thread of the first one, goes on when
 * that client leaves, and is stopped when the last client has left.
 */
final class SharedCall extends CompletableFuture<LlmAnswer> {

    private final FutureTask<Found> work;
    private int waiters = 1;

    /** @param source makes the summary, on the thread that calls {@link #run}; interrupted when no client waits any more */
    SharedCall(Supplier<Found> source) {
        this.work = new FutureTask<>(source::get);
    }

    /**
     * Makes the summary for the first request and for all that join meanwhile.
     *
     * @throws LlmException if it cannot be made, or nobody waits any more
     */
    Found run(ClientConnection client) {
        client.onClose(this::stopWaiting);
        work.run();
        try {
            Found found = work.get();
            complete(found.answer());
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

    /** Joins the requests that wait; false if the call has been given up. */
    synchronized boolean tryJoin() {
        if (waiters == 0) {
            return false;
        }
        waiters++;
        return true;
    }

    /** Waits for the summary, after {@link #tryJoin()}. */
    LlmAnswer await(Deadline deadline, ClientConnection client) {
        CompletableFuture<LlmAnswer> own = copy();
        client.onClose(() -> own.cancel(false));
        try {
            return own.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            stopWaiting();
            throw LlmException.deadlineExceeded(e);
        } catch (CancellationException e) {
            stopWaiting();
            throw LlmException.clientGone(e);
        } catch (InterruptedException e) {
            stopWaiting();
            Thread.currentThread().interrupt();
            throw LlmException.clientGone(e);
        }
    }

    private synchronized void stopWaiting() {
        waiters--;
        if (waiters == 0) {
            work.cancel(true);
        }
    }
}
