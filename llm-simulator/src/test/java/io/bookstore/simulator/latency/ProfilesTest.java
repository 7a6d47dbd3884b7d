package io.bookstore.simulator.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** The promises of the profiles, held against 20,000 requests. */
class ProfilesTest {

    private static final int REQUESTS = 20_000;
    private static final int PROMPT_TOKENS = 120;
    private static final int[] CHUNKS = IntStream.generate(() -> 4).limit(28).toArray();

    // Quantiles of the standard normal distribution.
    private static final Map<Double, Double> Z = Map.of(0.10, -1.28155, 0.50, 0.0, 0.90, 1.28155, 0.95, 1.64485);

    private static final double Z_99 = 2.32635;

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
    void tailOfTheFirstTokenIsThatOfTheLognormal(Profile profile) {
        Prefill prefill = profile.latency().prefill();
        double median = prefill.medianMs() + prefill.perPromptTokenMs() * PROMPT_TOKENS;

        double[] measured = IntStream.range(0, requestsForTail(prefill.sigma()))
                .mapToDouble(i -> profile.latency()
                                .plan(draws(i), PROMPT_TOKENS, new int[] {1})
                                .firstTokenNanos()
                        / 1e6)
                .sorted()
                .toArray();

        assertQuantile(measured, 0.99, median * Math.exp(prefill.sigma() * Z_99));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void tailOfThePaceIsThatOfTheLognormal(Profile profile) {
        Decode decode = profile.latency().decode();
        LatencyModel withoutJitter = new LatencyModel(
                profile.latency().prefill(),
                new Decode(decode.tokenMs(), decode.sigma(), 0, decode.tokensPerChunk()),
                Stall.NEVER);

        double[] measured = IntStream.range(0, requestsForTail(decode.sigma()))
                .mapToDouble(i -> {
                    ResponsePlan plan = withoutJitter.plan(draws(i), PROMPT_TOKENS, new int[] {1, 100});
                    return (plan.durationNanos() - plan.firstTokenNanos()) / 1e6;
                })
                .sorted()
                .toArray();

        assertQuantile(measured, 0.99, 100 * decode.tokenMs() * Math.exp(decode.sigma() * Z_99));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void tailOfTheLengthIsThatOfTheLognormal(Profile profile) {
        OutputLength length = profile.outputLength();

        double[] measured = IntStream.range(0, requestsForTail(length.sigma()))
                .mapToDouble(i -> length.tokens(draws(i).stream("length")))
                .sorted()
                .toArray();

        assertQuantile(measured, 0.99, length.median() * Math.exp(length.sigma() * Z_99));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void gapsBetweenChunksStrayEvenlyAroundThePace(Profile profile) {
        Decode decode = profile.latency().decode();
        LatencyModel samePace = new LatencyModel(
                profile.latency().prefill(),
                new Decode(decode.tokenMs(), 0, decode.jitter(), decode.tokensPerChunk()),
                Stall.NEVER);

        double[] gaps = IntStream.range(0, REQUESTS)
                .mapToObj(i -> samePace.plan(draws(i), PROMPT_TOKENS, CHUNKS).chunkNanos())
                .flatMapToDouble(times ->
                        IntStream.range(1, times.length).mapToDouble(i -> (times[i] - times[i - 1]) / 1e6))
                .sorted()
                .toArray();

        for (double share : new double[] {0.01, 0.10, 0.50, 0.90, 0.99}) {
            double stray = 1 - decode.jitter() + 2 * decode.jitter() * share;
            assertThat(gaps[(int) Math.round(share * (gaps.length - 1))])
                    .as("quantile %s", share)
                    .isCloseTo(4 * decode.tokenMs() * stray, within(0.02 * 4 * decode.tokenMs() * stray));
        }
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

    @ParameterizedTest
    @MethodSource("profiles")
    void everyKeyOfTheFileOfAProfileIsReadAndEveryNumberHasASource(Profile profile) throws Exception {
        JsonNode file = new ObjectMapper().readTree(Profiles.class.getResource("profiles/" + profile.name() + ".json"));

        assertThat(ProfileJson.whole(profile)).isEqualTo(file);
        assertThat(profile.sources().keySet()).containsExactlyInAnyOrderElementsOf(Profile.numberKeys());
    }

    @Test
    void unknownProfileListsTheKnown() {
        assertThatThrownBy(() -> Profiles.named("warp"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no profile named \"warp\"; known are sonnet-class, haiku-class, reasoning-class,"
                        + " bedrock-sonnet, ollama-cpu, degraded, fixed, zero");
    }

    /**
     * The number that makes 2 % four standard errors of p99, and at least that of the other quantiles: 20,000 do for a sigma of
     * 0.19; for one of 0.70 their standard error is 1.8 %. The standard error of a lognormal's p99, as a share of it, is
     * {@code sigma * sqrt(0.99 * 0.01 / n) / density(z)}, and the density of the standard normal at its p99 is 0.02665.
     */
    private static int requestsForTail(double sigma) {
        double errors = 4 * sigma * Math.sqrt(0.99 * 0.01) / 0.02665 / 0.02;
        return Math.max(REQUESTS, (int) Math.ceil(errors * errors));
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
