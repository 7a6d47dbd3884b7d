package io.bookstore.simulator.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.simulator.draw.Draws;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the profiles promise is what 20,000 requests get. */
class ProfilesTest {

    private static final int REQUESTS = 20_000;
    private static final int PROMPT_TOKENS = 120;
    private static final int[] CHUNKS = IntStream.generate(() -> 4).limit(28).toArray();

    // Quantiles of the standard normal distribution.
    private static final Map<Double, Double> Z = Map.of(0.10, -1.28155, 0.50, 0.0, 0.90, 1.28155, 0.95, 1.64485);

    static List<Profile> profiles() {
        return Profiles.all();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void firstTokenComesAtTheQuantilesOfTheLognormal(Profile profile) {
        Prefill prefill = profile.latency().prefill();
        double median = prefill.medianMs() + prefill.perPromptTokenMs() * PROMPT_TOKENS;

        double[] measured = sorted(profile, plan -> plan.firstTokenNanos() / 1e6);

        Z.forEach((share, z) -> assertQuantile(measured, share, median * Math.exp(prefill.sigma() * z)));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void tokensFollowAtTheQuantilesOfThePace(Profile profile) {
        Decode decode = profile.latency().decode();
        int tokensAfterTheFirst = 4 * (CHUNKS.length - 1);

        double[] measured =
                sorted(withoutStalls(profile), plan -> (plan.durationNanos() - plan.firstTokenNanos()) / 1e6);

        // The jitter of a chunk evens out over the answer, so the pace of the request is what is left.
        Z.forEach((share, z) ->
                assertQuantile(measured, share, tokensAfterTheFirst * decode.tokenMs() * Math.exp(decode.sigma() * z)));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void answersPauseAsOftenAsTheProfileSays(Profile profile) {
        double[] with = IntStream.range(0, REQUESTS)
                .mapToDouble(i -> plan(profile, i).durationNanos())
                .toArray();
        double[] without = IntStream.range(0, REQUESTS)
                .mapToDouble(i -> plan(withoutStalls(profile), i).durationNanos())
                .toArray();

        double stalled = IntStream.range(0, REQUESTS)
                        .filter(i -> with[i] - without[i] > 1)
                        .count()
                / (double) REQUESTS;

        assertThat(stalled).isCloseTo(profile.latency().stall().probability(), within(0.005));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void answersAreAsLongAsTheProfileSays(Profile profile) {
        OutputLength length = profile.outputLength();
        double[] measured = IntStream.range(0, REQUESTS)
                .mapToDouble(i -> length.tokens(draws(i).stream("length")))
                .sorted()
                .toArray();

        Z.forEach((share, z) -> assertQuantile(measured, share, length.median() * Math.exp(length.sigma() * z)));
    }

    @Test
    void planOfARequestIsTheSameWhateverTheOrderAndTheThreads() throws Exception {
        Profile profile = Profiles.named("sonnet-class");
        List<Integer> requests = IntStream.range(0, 2_000).boxed().collect(Collectors.toList());
        Map<Integer, Long> inOrder = new ConcurrentHashMap<>();
        requests.forEach(i -> inOrder.put(i, plan(profile, i).durationNanos()));
        Collections.shuffle(requests, new Random(7));

        Map<Integer, Long> atOnce = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Callable<Long>> tasks = requests.stream()
                    .<Callable<Long>>map(
                            i -> () -> atOnce.put(i, plan(profile, i).durationNanos()))
                    .toList();
            for (Future<Long> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(atOnce).isEqualTo(inOrder);
    }

    @Test
    void otherSeedIsAnotherProvider() {
        Profile profile = Profiles.named("sonnet-class");

        long one = profile.latency().plan(Draws.of(1, "a", 1), 1, CHUNKS).durationNanos();
        long two = profile.latency().plan(Draws.of(2, "a", 1), 1, CHUNKS).durationNanos();

        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void unknownProfileListsTheKnown() {
        assertThatThrownBy(() -> Profiles.named("warp"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no profile named \"warp\"; known are sonnet-class, haiku-class, bedrock-sonnet,"
                        + " ollama-cpu, degraded, fixed, zero");
    }

    private static void assertQuantile(double[] sorted, double share, double expected) {
        double measured = sorted[(int) Math.round(share * (sorted.length - 1))];
        // Half a token, for lengths are whole.
        assertThat(measured).as("quantile %s", share).isCloseTo(expected, within(0.02 * expected + 0.5));
    }

    private static double[] sorted(Profile profile, ToDoubleFunction<ResponsePlan> value) {
        double[] values = IntStream.range(0, REQUESTS)
                .mapToDouble(i -> value.applyAsDouble(plan(profile, i)))
                .toArray();
        Arrays.sort(values);
        return values;
    }

    private static ResponsePlan plan(Profile profile, int request) {
        return profile.latency().plan(draws(request), PROMPT_TOKENS, CHUNKS);
    }

    private static Draws draws(int request) {
        return Draws.of(42, "request-" + request, 1);
    }

    private static Profile withoutStalls(Profile profile) {
        LatencyModel latency = profile.latency();
        return new Profile(
                profile.name(),
                new LatencyModel(latency.prefill(), latency.decode(), Stall.NEVER),
                profile.outputLength());
    }
}
