package io.bookstore.llm.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkTimesTest {

    private final ChunkTimes chunks = new ChunkTimes(100);
    private final List<Long> gaps = new ArrayList<>();

    @Test
    void noPieceMeansNoTimeToFirst() {
        chunks.forEachGap(gaps::add);

        assertThat(chunks.secondsToFirst()).isNull();
        assertThat(gaps).isEmpty();
    }

    @Test
    void gapsAreKeptInTheirOrderWhateverTheirNumber() {
        IntStream.range(0, 1000).forEach(i -> chunks.add(100 + i * (i + 1L) / 2));

        chunks.forEachGap(gaps::add);
        assertThat(chunks.secondsToFirst()).isZero();
        assertThat(gaps)
                .containsExactlyElementsOf(
                        IntStream.range(1, 1000).mapToObj(Long::valueOf).toList());
    }

    @Test
    void streamWithoutAnEndIsRememberedByItsFirst65520Pieces() {
        IntStream.range(0, 70_000).forEach(i -> chunks.add(200 + 5L * i));

        chunks.forEachGap(gaps::add);
        assertThat(gaps).hasSize(65_519).containsOnly(5L);
    }

    @Test
    void piecesOfManyThreadsAreAllThere() throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> {
                    awaitStart(start);
                    IntStream.range(0, 5_000).forEach(i -> chunks.add(300));
                }))
                .toList();
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        chunks.forEachGap(gaps::add);
        assertThat(gaps).hasSize(19_999).containsOnly(0L);
    }

    private static void awaitStart(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
