package io.bookstore.simulator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verdict {@code retries-back-off}: clients that wait well first. */
class BackoffTest {

    private static final String RULE = "retries-back-off";
    private static final int RETRIES = 3;

    /** The waits of clients as their sources have them, in milliseconds before the n-th retry, from 0. */
    enum GoodClient {
        /** {@code anthropic-java} and {@code openai-java}: up to a quarter less than half a second, doubled. */
        STAINLESS("anthropic") {
            @Override
            double waitMs(int retry, Random random) {
                return Math.min(8_000, 500 << retry) * (1 - 0.25 * random.nextDouble());
            }
        },
        FULL_JITTER("openai") {
            @Override
            double waitMs(int retry, Random random) {
                return (500 << retry) * random.nextDouble();
            }
        },
        GOOGLE("gemini") {
            @Override
            double waitMs(int retry, Random random) {
                return 1_000 * ((1 << retry) + random.nextDouble());
            }
        },
        AWS("bedrock") {
            @Override
            double waitMs(int retry, Random random) {
                return (50 << retry) * random.nextDouble();
            }
        },
        LANG_CHAIN4J("ollama") {
            @Override
            double waitMs(int retry, Random random) {
                return 1_000 * Math.pow(1.5, retry) * (0.8 + 0.4 * random.nextDouble());
            }
        },
        /** Shorter than the provider's own client, but longer from retry to retry. */
        SHORT_AND_GROWING("openai") {
            @Override
            double waitMs(int retry, Random random) {
                return (20 << retry) * (0.5 + random.nextDouble() / 2) + 20;
            }
        },
        /** Waits as long as the provider's own client begins with, and never longer. */
        LONG_AND_CONSTANT("openai") {
            @Override
            double waitMs(int retry, Random random) {
                return 2_000;
            }
        };

        private final String provider;

        GoodClient(String provider) {
            this.provider = provider;
        }

        abstract double waitMs(int retry, Random random);
    }

    @ParameterizedTest
    @EnumSource
    void clientThatBacksOffIsGoodHoweverOftenItIsSeen(GoodClient client) {
        for (int calls : new int[] {1, 2, 5, 50, 400}) {
            for (int seed = 0; seed < 40; seed++) {
                Random random = new Random(seed);
                JournalOfAClient journal = new JournalOfAClient(client.provider);
                for (int call = 0; call < calls; call++) {
                    journal.failed("r-" + call, 503);
                    for (int retry = 0; retry < RETRIES; retry++) {
                        journal.after(client.waitMs(retry, random)).failed("r-" + call, 503);
                    }
                }

                assertThat(journal.verdict(RULE))
                        .as("%s calls, seed %s", calls, seed)
                        .satisfies(verdict -> {
                            assertThat(verdict.cases()).isEqualTo(1);
                            assertThat(verdict.good()).isTrue();
                        });
            }
        }
    }

    @Test
    void clientThatAsksAgainAtOnceIsBad() {
        JournalOfAClient journal = new JournalOfAClient("openai").failed("r-1", 503);
        Stream.of(2, 1, 3).forEach(ms -> journal.after(ms).failed("r-1", 503));

        assertThat(journal.verdict(RULE))
                .isEqualTo(new Verdict(
                        RULE,
                        1,
                        1,
                        "client 1f2e waited 2 ms on average before 3 retries, and not longer from retry to"
                                + " retry; a base wait is 500 ms"));
    }

    @Test
    void clientThatNeverWaitsLongerIsBadOnceItIsSeenOften() {
        JournalOfAClient journal = new JournalOfAClient("openai");
        for (int call = 0; call < 30; call++) {
            String key = "r-" + call;
            journal.failed(key, 500).after(200).failed(key, 500).after(200).answered(key);
            if (call < 5) {
                assertThat(journal.verdict(RULE).good()).isTrue();
            }
        }

        assertThat(journal.verdict(RULE).good()).isFalse();
    }

    /** A wait of 0 s that the provider asked for is no fault of the client. */
    @Test
    void waitThatTheProviderAskedForIsNotJudged() {
        JournalOfAClient journal = new JournalOfAClient("openai");
        for (int i = 0; i < 4; i++) {
            journal.after(1).failed("r-1", 429, 0.0);
        }

        assertThat(journal.verdict(RULE).cases()).isZero();
    }

    /** A pooled connection that has gone is replaced at once by every HTTP client. */
    @Test
    void connectionThatBrokeIsNotJudged() {
        JournalOfAClient journal = new JournalOfAClient("openai");
        for (int i = 0; i < 4; i++) {
            journal.after(1).reset("r-1");
        }

        assertThat(journal.verdict(RULE).cases()).isZero();
    }

    @Test
    void fallbackToAnotherModelNeedsNoWait() {
        JournalOfAClient journal = new JournalOfAClient("openai");
        for (String model : List.of("large", "medium", "small", "tiny")) {
            journal.toModel(model).after(1).failed("r-1", 503);
        }

        assertThat(journal.verdict(RULE).cases()).isZero();
    }

    @Test
    void usersWhoAskTheSameAndAreRefusedAreNoClientThatRetries() {
        JournalOfAClient journal = new JournalOfAClient("openai");
        for (int user = 0; user < 5; user++) {
            journal.after(1).failed("body-1f2e3d4c", 503);
            journal.failed("4bf92f3577b34da6a3ce929d0e0e4736-1f2e3d4c", 503);
        }

        assertThat(journal.verdict(RULE).cases()).isZero();
    }

    @Test
    void singleRetryDoesNotShowWhetherTheWaitsGrow() {
        JournalOfAClient journal = new JournalOfAClient("openai");
        for (int call = 0; call < 50; call++) {
            journal.failed("r-" + call, 503).after(1).answered("r-" + call);
        }

        assertThat(journal.verdict(RULE).cases()).isZero();
    }
}
