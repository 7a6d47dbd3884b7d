package io.bookstore.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The one timer of an event loop: nothing early, nothing lost, everything in its order. */
class TickerTest {

    private static final long MILLI = 1_000_000;

    private final EventLoop loop = new DefaultEventLoop();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void nothingRunsEarlyAndNothingIsLostHoweverFarAway() throws Exception {
        int tasks = 500;
        List<Long> early = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch left = new CountDownLatch(tasks);
        loop.execute(() -> {
            // Sixteen slots: most of the tasks stay for several rounds.
            Ticker ticker = new Ticker(loop, 16);
            Random random = new Random(1);
            for (int i = 0; i < tasks; i++) {
                long due = System.nanoTime() + random.nextInt(200) * MILLI;
                ticker.schedule(due, () -> {
                    long missing = due - System.nanoTime();
                    if (missing > 0) {
                        early.add(missing);
                    }
                    left.countDown();
                });
            }
        });

        assertThat(left.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(early).isEmpty();
    }

    /** Tasks that are overdue when they are scheduled may run in any order, so a machine that paused there tries again. */
    @Test
    void tasksRunInTheOrderOfTheirTimes() throws Exception {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean paused = new AtomicBoolean();
        do {
            order.clear();
            CountDownLatch left = new CountDownLatch(4);
            loop.execute(() -> {
                Ticker ticker = new Ticker(loop, 16);
                long now = System.nanoTime();
                for (int millis : new int[] {40, 3, 20, 90}) {
                    ticker.schedule(now + millis * MILLI, () -> {
                        order.add(millis);
                        left.countDown();
                    });
                }
                paused.set(System.nanoTime() - now > 2 * MILLI);
            });
            assertThat(left.await(2, TimeUnit.MINUTES)).isTrue();
        } while (paused.get());

        assertThat(order).containsExactly(3, 20, 40, 90);
    }

    @Test
    void taskThatComesAgainIsNotRunTwiceInOneGo() throws Exception {
        List<Long> runs = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch left = new CountDownLatch(20);
        loop.execute(() -> {
            Ticker ticker = new Ticker(loop, 16);
            Runnable[] again = new Runnable[1];
            again[0] = () -> {
                runs.add(System.nanoTime());
                left.countDown();
                if (left.getCount() > 0) {
                    // Due already, and so in the slot that is being emptied next.
                    ticker.schedule(System.nanoTime() - MILLI, again[0]);
                }
            };
            ticker.schedule(System.nanoTime(), again[0]);
        });

        assertThat(left.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(runs).hasSize(20).isSorted();
    }

    @Test
    void taskThatFailsDoesNotStopTheOthers() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        loop.execute(() -> {
            Ticker ticker = new Ticker(loop, 16);
            long due = System.nanoTime() + MILLI;
            ticker.schedule(due, () -> {
                throw new IllegalStateException("on purpose");
            });
            ticker.schedule(due, left::countDown);
        });

        assertThat(left.await(2, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void waitsForOneMomentOnly() throws Exception {
        List<Future<?>> timers = new ArrayList<>();
        EventLoop counted = new DefaultEventLoop() {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                ScheduledFuture<?> timer = super.schedule(command, delay, unit);
                timers.add(timer);
                return timer;
            }
        };

        long live = counted.submit(() -> {
                    Ticker ticker = new Ticker(counted, 16);
                    long now = System.nanoTime();
                    for (int seconds : new int[] {30, 20, 25, 10}) {
                        ticker.schedule(now + TimeUnit.SECONDS.toNanos(seconds), () -> {});
                    }
                    return timers.stream().filter(timer -> !timer.isDone()).count();
                })
                .get(2, TimeUnit.MINUTES);

        counted.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        assertThat(live).isEqualTo(1);
    }

    @Test
    void wheelThatWasEmptyStartsAgain() throws Exception {
        Ticker[] ticker = new Ticker[1];
        for (int i = 0; i < 3; i++) {
            CountDownLatch left = new CountDownLatch(1);
            loop.execute(() -> {
                ticker[0] = ticker[0] == null ? new Ticker(loop, 16) : ticker[0];
                ticker[0].schedule(System.nanoTime() + 2 * MILLI, left::countDown);
            });
            assertThat(left.await(2, TimeUnit.MINUTES)).isTrue();
        }
    }
}
