package io.bookstore.api.http.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import io.bookstore.api.http.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The attempts at one creation: under way, failed, given up, forgotten. */
@ExtendWith(SharedStore.class)
class CreationAttemptsTest {

    private static RunningStore store;

    @BeforeAll
    static void share(RunningStore shared) {
        store = shared;
    }

    @Test
    void requestWhoseFirstIsUnderWayAnswers409() throws Exception {
        MovableClock clock = new MovableClock();
        IdempotentCreation creation = creation(clock);
        HttpRequest<?> request = request();
        List<String> codes = new ArrayList<>();

        creation.once(request, body(), 1, ids -> {
            codes.add(refusal(creation, request));
            return HttpResponse.ok("first");
        });

        assertThat(codes).containsExactly("The first request with that Idempotency-Key is still under way");
    }

    @Test
    void attemptThatFailedIsMadeAgainUnderTheSameIds() throws Exception {
        IdempotentCreation creation = creation(new MovableClock());
        HttpRequest<?> request = request();
        List<List<String>> attempts = new ArrayList<>();

        assertThatThrownBy(() -> creation.once(request, body(), 2, ids -> {
                    attempts.add(ids);
                    throw new MongoSocketReadException("lost", new ServerAddress());
                }))
                .isInstanceOf(MongoSocketReadException.class);
        creation.once(request, body(), 2, ids -> {
            attempts.add(ids);
            return HttpResponse.ok("second");
        });

        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(1)).isEqualTo(attempts.get(0)).hasSize(2);
    }

    @Test
    void attemptThatWasGivenUpIsTakenOverOnce() throws Exception {
        MovableClock clock = new MovableClock();
        IdempotentCreation creation = creation(clock);
        HttpRequest<?> request = request();
        List<String> refusals = new ArrayList<>();

        creation.once(request, body(), 1, abandoned -> {
            clock.now = clock.now.plus(IdempotencyRecords.LONGEST_ATTEMPT);
            try {
                creation.once(request, body(), 1, ids -> {
                    refusals.add(refusal(creation, request));
                    return HttpResponse.ok("taken over under " + ids.equals(abandoned));
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return HttpResponse.ok("too late");
        });

        assertThat(refusals).hasSize(1);
    }

    @Test
    void keyIsForgottenAfterItsTime() throws Exception {
        MovableClock clock = new MovableClock();
        IdempotentCreation creation = creation(clock);
        HttpRequest<?> request = request();
        creation.once(request, body(), 1, ids -> HttpResponse.ok("first"));

        clock.now = clock.now.plus(Duration.ofHours(24));
        HttpResponse<?> later = creation.once(request, body(), 1, ids -> HttpResponse.ok("second"));

        assertThat(later.getHeaders().contains("Idempotency-Replayed")).isFalse();
    }

    private static String refusal(IdempotentCreation creation, HttpRequest<?> request) {
        try {
            creation.once(request, body(), 1, ids -> HttpResponse.ok("twice"));
            return "none";
        } catch (ProblemException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IdempotentCreation creation(Clock clock) {
        return new IdempotentCreation(
                store.store().context().getBean(IdempotencyRecords.class), new ObjectMapper(), clock);
    }

    /** A request with a key of its own. */
    private static HttpRequest<?> request() {
        return HttpRequest.POST("/any", "")
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static byte[] body() {
        return "{}".getBytes(StandardCharsets.UTF_8);
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
