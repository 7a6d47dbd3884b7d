package io.bookstore.simulator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verdict {@code failure-retried}: clients with a reason to give up first. */
class GivenUpTest {

    private static final String RULE = "failure-retried";

    /** The clients that give some calls up and are good, or of which nothing can be said. */
    enum Unjudged {
        NEVER_RETRIES(journal -> journal.answered(10)
                .failed("a", 503)
                .answered(10)
                .failed("b", 503)
                .answered(100)),
        GAVE_UP_ONCE(
                journal -> retried(journal, "a").answered(10).failed("b", 503).answered(100)),
        /** A retry budget is used up, or a breaker open, when many calls fail. */
        IN_AN_OUTAGE(journal -> {
            retried(journal, "a").answered(10);
            for (int i = 0; i < 20; i++) {
                journal.after(1_000).failed("b-" + i, 503);
            }
            return journal.answered(100);
        }),
        ASKED_TO_WAIT_TOO_LONG(journal -> journal.answered(10)
                .failed("a", 429, 1_000.0)
                .after(1_000)
                .answered("a")
                .answered(10)
                .failed("b", 429, 3_600_000.0)
                .answered(10)
                .failed("c", 429, 3_600_000.0)
                .answered(4_000)),
        STILL_WAITING(journal -> retried(journal, "a")
                .answered(10)
                .failed("b", 503)
                .answered(10)
                .failed("c", 503)
                .answered(10)),
        OTHER_STATUS(journal -> retried(journal, "a")
                .answered(10)
                .failed("b", 500)
                .answered(10)
                .failed("c", 500)
                .answered(100)),
        OTHER_MODEL(journal -> retried(journal, "a")
                .answered(10)
                .toModel("batch")
                .failed("b", 503)
                .answered(10)
                .failed("c", 503)
                .answered(100)),
        WITHOUT_KEYS_OF_ITS_OWN(journal -> retried(journal, "body-1")
                .answered(10)
                .failed("body-2", 503)
                .answered(10)
                .failed("body-3", 503)
                .answered(100)),
        QUOTA_USED_UP(journal -> retried(journal, "a")
                .answered(10)
                .failed("b", 402)
                .answered(10)
                .failed("c", 402)
                .answered(100));

        private final UnaryOperator<JournalOfAClient> life;

        Unjudged(UnaryOperator<JournalOfAClient> life) {
            this.life = life;
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientWithAReasonIsGood(Unjudged client) {
        JournalOfAClient journal = client.life.apply(new JournalOfAClient("openai"));

        assertThat(journal.verdict(RULE).good()).isTrue();
    }

    @Test
    void clientThatMostlyForgetsItsRetryIsBad() {
        JournalOfAClient journal = retried(new JournalOfAClient("openai"), "a")
                .answered(10)
                .failed("b", 503)
                .answered(10)
                .failed("c", 503)
                .answered(100);

        assertThat(journal.verdict(RULE))
                .isEqualTo(new Verdict(
                        RULE,
                        3,
                        2,
                        "call b was given up after status 503, after which the client tried 1 of 3 calls" + " again"));
    }

    @Test
    void clientThatSaysThatItsCallsHaveEndedIsNotWaitedFor() {
        JournalOfAClient journal = retried(new JournalOfAClient("openai"), "a")
                .answered(10)
                .failed("b", 503)
                .reported("b")
                .answered(10)
                .failed("c", 503)
                .reported("c");

        assertThat(journal.verdict(RULE).broken()).isEqualTo(2);
    }

    @Test
    void clientThatTriesEachFailureAgainIsGood() {
        JournalOfAClient journal = retried(retried(new JournalOfAClient("openai"), "a"), "b");

        assertThat(journal.verdict(RULE)).isEqualTo(new Verdict(RULE, 2, 0, ""));
    }

    private static JournalOfAClient retried(JournalOfAClient journal, String key) {
        return journal.answered(10).failed(key, 503).after(500).answered(key);
    }
}
