package io.bookstore.api.summary.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.http.connection.ClientConnection;
import io.bookstore.api.llm.call.AnsweredBy;
import io.bookstore.api.llm.call.Deadline;
import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmFailure;
import io.bookstore.api.summary.cache.SummaryCache.Found;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that ask for the same summary at the same time, and disconnect at different times. */
class SharedCallTest {

    private static final LlmAnswer SUMMARY = new LlmAnswer(
            "A tale.",
            new AnsweredBy("anthropic", "anthropic", "claude", "claude", false),
            12L,
            7L,
            null,
            null,
            Duration.ofMillis(5),
            "stop",
            1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final SharedCall call = new SharedCall(this::writeWhenOpen);
    private final ClientConnection first = ClientConnection.unknown();
    private final ClientConnection second = ClientConnection.unknown();

    @AfterEach
    void stop() {
        open.countDown();
        threads.shutdownNow();
    }

    @Test
    void goesOnForTheOthersWhenTheOneWhoBeganItLeaves() {
        CompletableFuture<Found> began = async(() -> call.run(first));
        assertThat(call.tryJoin()).isTrue();
        CompletableFuture<LlmAnswer> joined = async(() -> call.await(in(600), second));

        first.markClosed();
        open.countDown();

        assertThat(joined.join()).isEqualTo(SUMMARY);
        assertThat(began.join().answer()).isEqualTo(SUMMARY);
        assertThat(stopped).isFalse();
    }

    @Test
    void isStoppedWhenTheLastOneLeaves() {
        CompletableFuture<Found> began = async(() -> call.run(first));
        assertThat(call.tryJoin()).isTrue();
        CompletableFuture<LlmAnswer> joined = async(() -> call.await(in(600), second));

        second.markClosed();
        assertCancelled(joined);
        assertThat(began).isNotDone();
        first.markClosed();

        assertCancelled(began);
        await().untilTrue(stopped);
        assertThat(call.tryJoin()).isFalse();
    }

    @Test
    void isLeftByOneWhoseDeadlinePasses() {
        CompletableFuture<Found> began = async(() -> call.run(first));
        assertThat(call.tryJoin()).isTrue();

        assertThatThrownBy(() -> call.await(in(0), second))
                .isInstanceOfSatisfying(
                        LlmException.class, e -> assertThat(e.failure()).isEqualTo(LlmFailure.TIMEOUT));
        first.markClosed();

        assertCancelled(began);
    }

    @Test
    void doesNotBeginForOneWhoHasGoneAlready() {
        first.markClosed();

        assertThatThrownBy(() -> call.run(first)).isInstanceOf(LlmException.class);
        assertThat(begun.getCount()).isEqualTo(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void threadThatWasStoppedIsFreeForOtherWork() {
        CompletableFuture<Boolean> interrupted = async(() -> {
            try {
                call.run(first);
            } catch (LlmException expected) {
                return Thread.currentThread().isInterrupted();
            }
            throw new AssertionError("It was not stopped");
        });

        first.markClosed();

        assertThat(interrupted.join()).isFalse();
    }

    @Test
    void failureIsTheSameForAll() {
        SharedCall failing = new SharedCall(() -> {
            throw new IllegalArgumentException("no");
        });
        assertThat(failing.tryJoin()).isTrue();

        assertThatThrownBy(() -> failing.run(first)).hasMessage("no");
        assertThatThrownBy(() -> failing.await(in(600), second)).hasMessage("no");
    }

    private Found writeWhenOpen() {
        begun.countDown();
        try {
            open.await();
        } catch (InterruptedException e) {
            stopped.set(true);
            throw new IllegalStateException(e);
        }
        return new Found(SUMMARY, CacheResult.MISS);
    }

    private <T> CompletableFuture<T> async(java.util.function.Supplier<T> work) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(work, threads);
        await().until(() -> begun.getCount() == 0);
        return result;
    }

    private static Deadline in(int seconds) {
        return Deadline.in(Duration.ofSeconds(seconds));
    }

    private static void assertCancelled(CompletableFuture<?> work) {
        assertThatThrownBy(work::join)
                .hasCauseInstanceOf(LlmException.class)
                .cause()
                .hasMessage("The request was cancelled");
    }
}
