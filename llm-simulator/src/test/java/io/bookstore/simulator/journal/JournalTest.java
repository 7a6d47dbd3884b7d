package io.bookstore.simulator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.simulator.journal.Attempt.Asked;
import io.bookstore.simulator.journal.Attempt.Buckets;
import io.bookstore.simulator.journal.Attempt.Key;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.journal.Attempt.Result;
import io.bookstore.simulator.journal.Attempt.Timing;
import io.bookstore.simulator.journal.Attempt.Tokens;
import io.bookstore.simulator.journal.JournalSummary.BilledTokens;
import io.bookstore.simulator.wire.Operation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The attempts that the journal keeps, and those it drops so that its memory is bounded. */
class JournalTest {

    private static final long MILLI = 1_000_000;

    @Test
    void oldestAttemptsGoFirst() {
        Journal journal = new Journal(2);

        for (int i = 1; i <= 5; i++) {
            journal.add(attempt(i, ChunkTimes.NONE));
        }

        assertThat(journal.attempts()).extracting(Attempt::sequence).containsExactly(4L, 5L);
        assertThat(journal.count()).isEqualTo(5);
    }

    @Test
    void attemptsWithManyChunksGoSooner() {
        Journal journal = new Journal(10);

        for (int i = 1; i <= 10; i++) {
            journal.add(attempt(i, chunks(200)));
        }

        // Ten attempts may have 800 chunk times between them: four of these.
        assertThat(journal.attempts()).extracting(Attempt::sequence).containsExactly(7L, 8L, 9L, 10L);
    }

    @Test
    void lastAttemptStaysHoweverManyChunksItHas() {
        Journal journal = new Journal(1);

        journal.add(attempt(1, chunks(500)));

        assertThat(journal.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.chunks().kept()).isEqualTo(500));
    }

    @Test
    void readerThatFollowsGetsEachAttemptOnce() {
        Journal journal = new Journal(3);
        for (int i = 1; i <= 5; i++) {
            journal.add(attempt(i, ChunkTimes.NONE));
        }

        assertThat(journal.attemptsAfter(0)).extracting(Attempt::sequence).containsExactly(3L, 4L, 5L);
        assertThat(journal.attemptsAfter(4)).extracting(Attempt::sequence).containsExactly(5L);
        assertThat(journal.attemptsAfter(5)).isEmpty();
        assertThat(journal.attemptsAfter(6)).isEmpty();
    }

    @Test
    void roomIsFreeAgainOnceItIsCleared() {
        Journal journal = new Journal(10);
        journal.add(attempt(1, chunks(500)));

        journal.clear();
        journal.add(attempt(2, chunks(400)));
        journal.add(attempt(3, chunks(400)));

        assertThat(journal.attempts()).hasSize(2);
    }

    @Test
    void tokensAreAddedUpBeyondTheAttemptsKept() {
        Journal journal = new Journal(1);

        journal.add(attempt(1, ChunkTimes.NONE));
        journal.add(refused(2));
        journal.add(attempt(3, ChunkTimes.NONE));

        assertThat(journal.summary().billed()).isEqualTo(new BilledTokens(2, 14, 0, 16));
        assertThat(JournalJson.summary(journal.summary()))
                .endsWith("\"billed\":{\"attempts\":2,\"inputTokens\":14,\"cachedTokens\":0,\"outputTokens\":16}}");
        journal.clear();
        assertThat(journal.summary().billed()).isEqualTo(new BilledTokens(0, 0, 0, 0));
    }

    @Test
    void chunksAreCountedBeyondThoseKept() {
        ChunkTimes times = chunks(1_000);

        assertThat(times.sent()).isEqualTo(1_000);
        assertThat(times.kept()).isEqualTo(ChunkTimes.MOST_KEPT);
        assertThat(times.plannedMs(511)).isEqualTo(511.0);
        assertThat(times.actualMs(511)).isEqualTo(511.5);
        assertThatThrownBy(() -> times.plannedMs(512)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void chunkAfterHalfAnHourEndsWhatIsKept() {
        ChunkTimes.Recorder recorder = new ChunkTimes.Recorder();

        recorder.add(MILLI, MILLI);
        recorder.add(3_000_000 * MILLI, 3_000_000 * MILLI);
        recorder.add(3 * MILLI, 3 * MILLI);

        assertThat(recorder.times().sent()).isEqualTo(3);
        assertThat(recorder.times().kept()).isEqualTo(1);
    }

    @Test
    void lineHasBucketsAndChunksAndLeavesOutWhatIsUnknown() {
        ChunkTimes.Recorder recorder = new ChunkTimes.Recorder();
        recorder.add(200 * MILLI, 200 * MILLI + 125_400);
        recorder.add(220 * MILLI, 221 * MILLI);

        String line = JournalJson.line(attempt(1, recorder.times()));

        assertThat(line)
                .isEqualTo("{\"sequence\":1,\"requestKey\":\"r\",\"attempt\":1,\"time\":\"2026-01-01T00:00:00Z\","
                        + "\"provider\":\"openai\",\"operation\":\"chat\",\"model\":\"gpt-4o\",\"streaming\":true,\"status\":200,"
                        + "\"outcome\":\"completed\",\"inputTokens\":7,\"outputTokens\":8,\"plannedTtftMs\":200.0,"
                        + "\"plannedDurationMs\":220.0,\"actualTtftMs\":200.125,\"actualDurationMs\":221.0,"
                        + "\"requestsRemaining\":49,\"outputTokensRemaining\":7900,"
                        + "\"chunks\":2,\"plannedChunksMs\":[200.0,220.0],\"actualChunksMs\":[200.125,221.0]}");
    }

    private static ChunkTimes chunks(int number) {
        ChunkTimes.Recorder recorder = new ChunkTimes.Recorder();
        for (int i = 0; i < number; i++) {
            recorder.add(i * MILLI, i * MILLI + MILLI / 2);
        }
        return recorder.times();
    }

    private static Attempt refused(long sequence) {
        return attempt(sequence, new Result(429, Outcome.REFUSED, null, null, null, null), ChunkTimes.NONE);
    }

    private static Attempt attempt(long sequence, ChunkTimes chunks) {
        Buckets buckets = new Buckets(49L, null, 7_900L);
        return attempt(sequence, new Result(200, Outcome.COMPLETED, new Tokens(7, 8), null, null, buckets), chunks);
    }

    private static Attempt attempt(long sequence, Result result, ChunkTimes chunks) {
        return new Attempt(
                sequence,
                new Key("r", 1),
                Instant.parse("2026-01-01T00:00:00Z"),
                new Asked("openai", Operation.CHAT, "gpt-4o", true),
                result,
                new Timing(200.0, 220.0),
                new Timing(200.125, 221.0),
                null,
                chunks);
    }
}
