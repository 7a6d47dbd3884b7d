package io.bookstore.api.llm.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.redis.RedisLink;
import io.bookstore.llm.budget.Amount;
import io.bookstore.llm.budget.BudgetExhaustedException;
import io.bookstore.llm.budget.TokenBudget;
import io.bookstore.testing.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A budget of 1,000 tokens for several instances on a real Redis, and what is left of it when Redis fails. */
@Execution(ExecutionMode.CONCURRENT)
class RedisBudgetStoreTest {

    private static final Duration PATIENT = Duration.ofMinutes(2);
    private static final Duration IMPATIENT = Duration.ofSeconds(1);
    private static final String COUNTER = "bookstore:budget:1:day:1772323200:";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RedisServer redis = opened(RedisServer.startOrSkip());

    @AfterEach
    void stop() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void instancesNeverSpendMoreThanTheLimitTogether() throws Exception {
        List<TokenBudget> budgets = List.of(instance(link(PATIENT)), instance(link(PATIENT)));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Long>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            TokenBudget budget = budgets.get(i % 2);
            work.add(() -> spend(budget));
        }

        long spent = 0;
        for (Future<Long> part : threads.invokeAll(work)) {
            spent += part.get();
        }
        threads.shutdown();

        assertThat(spent).isBetween(991L, 1_000L);
        // An instance tells Redis at the latest when it asks, so each has told the rest before the other asks.
        budgets.forEach(TokenBudget::remaining);
        assertThat(budgets.get(0).remaining()).isEqualTo(Amount.tokens(1_000 - spent));
        assertThat(budgets.get(1).remaining()).isEqualTo(Amount.tokens(1_000 - spent));
    }

    @Test
    void restartedInstanceFindsWhatWasSpent() {
        RedisLink first = link(PATIENT);
        instance(first).reserve(Amount.tokens(700));
        first.close();

        TokenBudget restarted = instance(link(PATIENT));

        assertThat(restarted.remaining()).isEqualTo(Amount.tokens(300));
        assertThatThrownBy(() -> restarted.reserve(Amount.tokens(301))).isInstanceOf(BudgetExhaustedException.class);
    }

    @Test
    void counterIsAHashThatEndsADayAfterItsPeriod() {
        instance(link(PATIENT)).reserve(Amount.tokens(700));

        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            assertThat(connection.sync().hvals(COUNTER)).containsExactly("700");
            assertThat(connection.sync().ttl(COUNTER))
                    .as("seconds of two days, of which the test may take some minutes")
                    .isBetween(172_000L, 172_800L);
        }
    }

    @Test
    void withoutRedisEachInstanceSpendsATenthAndNoMore() {
        RedisLink link = link(PATIENT);
        TokenBudget budget = instance(link);
        budget.reserve(Amount.tokens(500));
        redis.kill();

        for (int call = 0; call < 10; call++) {
            budget.reserve(Amount.tokens(10));
        }

        assertThatThrownBy(() -> budget.reserve(Amount.tokens(1))).isInstanceOf(BudgetExhaustedException.class);
        assertThat(budget.remaining()).isEqualTo(Amount.tokens(400));
    }

    @Test
    void withoutRedisNothingIsSpentBeyondWhatWasLastKnownToBeLeft() {
        TokenBudget other = instance(link(PATIENT));
        TokenBudget budget = instance(link(PATIENT));
        other.reserve(Amount.tokens(950));
        budget.reserve(Amount.tokens(20));
        redis.kill();

        budget.reserve(Amount.tokens(30));

        assertThatThrownBy(() -> budget.reserve(Amount.tokens(1))).isInstanceOf(BudgetExhaustedException.class);
    }

    @Test
    void instanceThatStartsWithoutRedisMaySpendATenth() {
        redis.kill();
        TokenBudget budget = instance(opened(RedisLink.to(redis.uri(), PATIENT)));

        budget.reserve(Amount.tokens(100)).settle(Amount.tokens(60));
        budget.reserve(Amount.tokens(40));

        assertThatThrownBy(() -> budget.reserve(Amount.tokens(1))).isInstanceOf(BudgetExhaustedException.class);
    }

    @Test
    void redisThatLostItsDataLearnsItFromTheInstances() {
        RedisLink link = link(PATIENT);
        TokenBudget budget = instance(link);
        budget.reserve(Amount.tokens(600));
        redis.kill();
        budget.reserve(Amount.tokens(50)).settle(Amount.tokens(30));
        redis.restart();
        await().until(() -> link.commands() != null);

        budget.reserve(Amount.tokens(200)).refund();

        assertThat(budget.remaining()).isEqualTo(Amount.tokens(370));
        assertThat(instance(link(PATIENT)).remaining()).isEqualTo(Amount.tokens(370));
    }

    @Test
    void absurdCostsUseTheBudgetUpAndOverflowNothing() {
        TokenBudget first = instance(link(PATIENT));
        TokenBudget second = instance(link(PATIENT));

        for (TokenBudget budget : List.of(first, second, first, second)) {
            budget.reserve(null).settle(Amount.tokens(Long.MAX_VALUE));
        }

        assertThat(first.remaining()).isEqualTo(Amount.tokens(0));
        assertThatThrownBy(() -> second.reserve(Amount.tokens(1))).isInstanceOf(BudgetExhaustedException.class);
    }

    /** Redis reads the commands when it goes on, though nobody waits for the answers any more. */
    @Test
    void commandWhoseAnswerWasLostCountsOnce() {
        RedisLink link = link(IMPATIENT);
        TokenBudget budget = instance(link);
        budget.reserve(Amount.tokens(600));
        redis.freeze();
        budget.reserve(Amount.tokens(100)).settle(Amount.tokens(70));
        redis.thaw();
        await().until(() -> link.commands() != null);

        await().until(() -> budget.remaining().equals(Amount.tokens(330)));

        await().until(() -> instance(link(PATIENT)).remaining().equals(Amount.tokens(330)));
    }

    private static long spend(TokenBudget budget) {
        long spent = 0;
        for (int call = 0; call < 200; call++) {
            try {
                TokenBudget.Reservation reservation = budget.reserve(Amount.tokens(10));
                long used = call % 11;
                reservation.settle(Amount.tokens(used));
                spent += used;
            } catch (BudgetExhaustedException refused) {
                // The other calls of the thread try on, as clients do.
            }
        }
        return spent;
    }

    private RedisLink link(Duration commandTimeout) {
        RedisLink link = opened(RedisLink.to(redis.uri(), commandTimeout));
        await().until(() -> link.commands() != null);
        return link;
    }

    private static TokenBudget instance(RedisLink link) {
        return TokenBudget.builder(Amount.tokens(1_000))
                .store("day", new RedisBudgetStore(link))
                .clock(Clock.fixed(Instant.parse("2026-03-01T23:00:00Z"), ZoneOffset.UTC))
                .build();
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }
}
