package io.bookstore.api.llm.budget;

import io.bookstore.api.redis.RedisLink;
import io.bookstore.llm.budget.BudgetCounter;
import io.bookstore.llm.budget.BudgetStore;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The counters of budgets in Redis, shared by all instances of the service.
 *
 * <p>A counter is a hash with a field for each instance, and its value the sum. An instance always writes the whole of
 * what it has spent itself: an answer that was lost, a Redis that lost its data and a time without Redis are put right by
 * the next command, and nothing counts twice.
 *
 * <p>Without Redis, an instance may spend a tenth of the limit, and never more than it last knew to be left. So an outage
 * costs at most a tenth of the limit for each instance beyond the limit.
 */
final class RedisBudgetStore implements BudgetStore {

    // Part of the key, so that a release that reads another shape does not read this one.
    private static final String PREFIX = "bookstore:budget:1:";
    // Longer than clocks of instances are apart; the time to live begins anew with each write.
    private static final Duration KEPT_LONGER = Duration.ofDays(1);
    private static final long SHARE_WITHOUT_REDIS = 10;
    // Above every limit; Lua's numbers are exact up to it, and no sum over instances overflows.
    private static final long MOST = 1L << 53;

    // KEYS: the counter. ARGV: instance, its total so far, amount to add, limit, time to live in ms.
    private static final String SCRIPT = """
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[5])
            local total = 0
            for _, spent in ipairs(redis.call('HVALS', KEYS[1])) do
              total = total + tonumber(spent)
            end
            local fits = total + tonumber(ARGV[3]) <= tonumber(ARGV[4])
            if fits then
              redis.call('HINCRBY', KEYS[1], ARGV[1], ARGV[3])
            end
            return {fits and 1 or 0, total - tonumber(ARGV[2])}
            """;

    private final RedisLink redis;
    private final String instance = UUID.randomUUID().toString();
    // Held while Redis is asked, so that the totals of this instance arrive in the order in which they grew.
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<BudgetCounter, Spending> spendings = new HashMap<>();
    private Instant newest = Instant.MIN;

    RedisBudgetStore(RedisLink redis) {
        this.redis = redis;
    }

    @Override
    public boolean reserve(BudgetCounter counter, long amount, long limit) {
        lock.lock();
        try {
            Spending spending = spending(counter);
            Boolean fits = ask(counter, spending, amount, limit);
            if (fits == null) {
                fits = spending.fitsWithoutRedis(amount, limit);
            }
            if (fits) {
                spending.add(amount);
            }
            return fits;
        } finally {
            lock.unlock();
        }
    }

    /** Adds the difference; nobody waits for Redis. */
    @Override
    public void correct(BudgetCounter counter, long difference) {
        lock.lock();
        try {
            Spending spending = spending(counter);
            spending.add(difference);
            RedisFuture<List<Object>> answer = send(counter, spending, 0, MOST);
            if (answer != null) {
                var unused = answer.whenComplete((ok, failure) -> {
                    if (failure != null) {
                        redis.reportFailure(failure);
                    }
                });
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the value of the counter, as of the last answer if Redis gives none. */
    @Override
    public long total(BudgetCounter counter) {
        lock.lock();
        try {
            Spending spending = spending(counter);
            var unused = ask(counter, spending, 0, MOST);
            return spending.own + spending.others;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the amount fits and was added in Redis; null if Redis does not answer. */
    private @Nullable Boolean ask(BudgetCounter counter, Spending spending, long amount, long limit) {
        RedisFuture<List<Object>> sent = send(counter, spending, amount, limit);
        if (sent == null) {
            return null;
        }
        try {
            List<Object> answer = sent.get(redis.commandTimeout().toNanos(), TimeUnit.NANOSECONDS);
            boolean fits = answer.get(0).equals(1L);
            spending.acknowledged = spending.own + (fits ? amount : 0);
            spending.others = (Long) answer.get(1);
            return fits;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            redis.reportFailure(e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Sends the script; null if there is no connection. */
    private @Nullable RedisFuture<List<Object>> send(
            BudgetCounter counter, Spending spending, long amount, long limit) {
        RedisAsyncCommands<String, String> commands = redis.commands();
        if (commands == null) {
            return null;
        }
        try {
            return commands.eval(
                    SCRIPT,
                    ScriptOutputType.MULTI,
                    new String[] {key(counter)},
                    instance,
                    String.valueOf(spending.own),
                    String.valueOf(amount),
                    String.valueOf(limit),
                    String.valueOf(timeToLive(counter).toMillis()));
        } catch (RuntimeException e) {
            redis.reportFailure(e);
            return null;
        }
    }

    private static String key(BudgetCounter counter) {
        return PREFIX + counter.budget() + ":" + counter.start().getEpochSecond() + ":" + counter.key();
    }

    private static Duration timeToLive(BudgetCounter counter) {
        return Duration.between(counter.start(), counter.end()).plus(KEPT_LONGER);
    }

    private Spending spending(BudgetCounter counter) {
        if (counter.start().isAfter(newest)) {
            newest = counter.start();
            spendings.keySet().removeIf(old -> old.end().isBefore(newest));
        }
        return spendings.computeIfAbsent(counter, unused -> new Spending());
    }

    /** The value of a counter, as this instance knows it. */
    private static final class Spending {

        private long own;
        private long acknowledged;
        private long others;

        boolean fitsWithoutRedis(long amount, long limit) {
            return own + others + amount <= limit && own - acknowledged + amount <= limit / SHARE_WITHOUT_REDIS;
        }

        void add(long difference) {
            own = Math.min(own + difference, MOST);
        }
    }
}
