package io.bookstore.llm.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A budget for many threads, and for several budgets on one store. */
class SharedBudgetTest {

    private static final int THREADS = 16;
    private static final int CALLS = 2_000;

    @Test
    void threadsNeverSpendMoreThanTheLimit() throws Exception {
        TokenBudget budget = TokenBudget.perDay(Amount.tokens(100_000));

        long spent = spend(List.of(budget));

        assertThat(spent).isBetween(99_991L, 100_000L);
        assertThat(budget.remaining()).isEqualTo(Amount.tokens(100_000 - spent));
    }

    @Test
    void budgetsOfOneNameOnOneStoreAreOne() throws Exception {
        BudgetStore store = new MemoryBudgetStore();
        List<TokenBudget> budgets = List.of(budget("day", store), budget("day", store));

        long spent = spend(budgets);

        assertThat(spent).isBetween(99_991L, 100_000L);
        assertThat(budgets)
                .allSatisfy(budget -> assertThat(budget.remaining()).isEqualTo(Amount.tokens(100_000 - spent)));
    }

    @Test
    void budgetsOfTwoNamesOnOneStoreAreTwo() {
        BudgetStore store = new MemoryBudgetStore();

        budget("summaries", store).reserve(Amount.tokens(70_000));

        assertThat(budget("chats", store).remaining()).isEqualTo(Amount.tokens(100_000));
    }

    @Test
    void storeThatCannotBeReachedStopsTheCallAndLosesNoAnswer() {
        OutageStore store = new OutageStore();
        TokenBudget budget = budget("day", store);
        TokenBudget.Reservation first = budget.reserve(Amount.tokens(10));
        TokenBudget.Reservation second = budget.reserve(Amount.tokens(10));
        Logger logger = (Logger) LoggerFactory.getLogger(TokenBudget.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);

        store.reachable = false;
        first.settle(Amount.tokens(4));
        second.refund();

        logger.detachAppender(log);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("The store of the budget fails; what calls did not use does not come back");
        assertThatThrownBy(() -> budget.reserve(Amount.tokens(1))).isInstanceOf(UncheckedIOException.class);
        store.reachable = true;
        assertThat(budget.remaining()).isEqualTo(Amount.tokens(99_980));
    }

    /** Returns what all threads spent, each with calls that may use 10 tokens and use 1 to 10 of them, or are refunded. */
    private static long spend(List<TokenBudget> budgets) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                TokenBudget budget = budgets.get(i % budgets.size());
                work.add(() -> spend(budget));
            }
            long spent = 0;
            for (Future<Long> part : threads.invokeAll(work)) {
                spent += part.get();
            }
            return spent;
        } finally {
            threads.shutdownNow();
        }
    }

    private static long spend(TokenBudget budget) {
        long spent = 0;
        for (int call = 0; call < CALLS; call++) {
            try {
                TokenBudget.Reservation reservation = budget.reserve(Amount.tokens(10));
                long used = call % 11;
                if (used == 0) {
                    reservation.refund();
                } else {
                    reservation.settle(Amount.tokens(used));
                }
                spent += used;
            } catch (BudgetExhaustedException refused) {
                // The other calls of the thread try on, as clients do.
            }
        }
        return spent;
    }

    private static TokenBudget budget(String name, BudgetStore store) {
        return TokenBudget.builder(Amount.tokens(100_000)).store(name, store).build();
    }

    /** Counters behind a connection that may be gone. */
    private static final class OutageStore implements BudgetStore {

        private final BudgetStore counters = new MemoryBudgetStore();
        private boolean reachable = true;

        @Override
        public boolean reserve(BudgetCounter counter, long amount, long limit) {
            return reached().reserve(counter, amount, limit);
        }

        @Override
        public void correct(BudgetCounter counter, long difference) {
            reached().correct(counter, difference);
        }

        @Override
        public long total(BudgetCounter counter) {
            return reached().total(counter);
        }

        private BudgetStore reached() {
            if (!reachable) {
                throw new UncheckedIOException(new ConnectException("Connection refused"));
            }
            return counters;
        }
    }
}
