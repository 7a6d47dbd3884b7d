package io.bookstore.simulator.latency;

import io.bookstore.simulator.latency.Serving.ColdStart;
import java.util.List;
import java.util.stream.Collectors;

/** The profiles that come with the simulator. */
public final class Profiles {

    // Anthropic does not publish the size of its deltas; recordings show a few words in each, and a lone first token.
    private static final int TOKENS_PER_CHUNK = 4; // assumption

    // The guide's trace has 123 output tokens and its text says 80 to 150: 5 % and 95 % of a lognormal(110, 0.19).
    private static final OutputLength SUMMARY = new OutputLength(110, 0.19, 16, 400);

    /** No latency at all: what remains is the caller's own overhead. */
    private static final Profile ZERO = new Profile(
            "zero",
            new LatencyModel(new Prefill(0, 0, 0), new Decode(0, 0, 0, TOKENS_PER_CHUNK), Stall.NEVER),
            SUMMARY,
            Serving.UNLIMITED,
            Sources.own());

    /** No variance: every answer has 100 tokens, the first after 200 ms, the last 495 ms later. For unit tests. */
    private static final Profile FIXED = new Profile(
            "fixed",
            new LatencyModel(new Prefill(200, 0, 0), new Decode(5, 0, 0, TOKENS_PER_CHUNK), Stall.NEVER),
            new OutputLength(100, 0, 100, 100),
            Serving.UNLIMITED,
            Sources.own());

    // Slots and load factor of a hosted model: assumptions. The factor lies in what llm-d-inference-sim calls realistic
    // (1.5 to 2), its queue holds 1,000.
    private static final Serving HOSTED = new Serving(64, 1_000, 1.5, ColdStart.NEVER);

    /**
     * Claude 3.5 Sonnet on Anthropic's own API. Medians: 0.80-0.81 s to the first token and 64 tokens/s (Artificial
     * Analysis, two readings of 2024/25); the guide's trace of 2,457 ms for 123 tokens agrees. Published tails were not
     * found: sigma 0.50 (p95 1.82 s, p99 2.56 s), pace sigma 0.20, jitter, prompt slope, stalls and slots are assumptions.
     */
    private static final Profile SONNET_CLASS = new Profile(
            "sonnet-class",
            new LatencyModel(
                    new Prefill(800, 0.2, 0.50),
                    new Decode(1000.0 / 64, 0.20, 0.2, TOKENS_PER_CHUNK),
                    new Stall(0.01, 2_000, 10_000)),
            SUMMARY,
            HOSTED,
            Sources.hosted("Claude 3.5 Sonnet on Anthropic's API, two readings", "0.80 and 0.81 s", "64 tokens/s"));

    /**
     * Claude 3.5 Haiku: 0.75-0.99 s and 65-68 tokens/s (Artificial Analysis), the middle of each; everything else as for
     * {@code sonnet-class}.
     */
    private static final Profile HAIKU_CLASS = new Profile(
            "haiku-class",
            new LatencyModel(
                    new Prefill(870, 0.2, 0.50),
                    new Decode(1000.0 / 66, 0.20, 0.2, TOKENS_PER_CHUNK),
                    new Stall(0.01, 2_000, 10_000)),
            SUMMARY,
            HOSTED,
            Sources.hosted("Claude 3.5 Haiku", "the middle of 0.75 and 0.99 s", "the middle of 65 and 68 tokens/s"));

    /** Claude 3.5 Sonnet on Bedrock: 0.93-0.96 s and 53-54 tokens/s (Artificial Analysis); the rest as above. */
    private static final Profile BEDROCK_SONNET = new Profile(
            "bedrock-sonnet",
            new LatencyModel(
                    new Prefill(945, 0.2, 0.50),
                    new Decode(1000.0 / 53.5, 0.20, 0.2, TOKENS_PER_CHUNK),
                    new Stall(0.01, 2_000, 10_000)),
            SUMMARY,
            HOSTED,
            Sources.hosted(
                    "Claude 3.5 Sonnet on Bedrock",
                    "the middle of 0.93 and 0.96 s",
                    "the middle of 53 and 54 tokens/s"));

    /**
     * A small model on a few cores. One answer at a time, a queue of 512 and five minutes until a model is unloaded are
     * Ollama's defaults (OLLAMA_NUM_PARALLEL, OLLAMA_MAX_QUEUE, OLLAMA_KEEP_ALIVE); 12 tokens/s, 10 ms per prompt token
     * and a load of 5-30 s are assumptions.
     */
    private static final Profile OLLAMA_CPU = new Profile(
            "ollama-cpu",
            new LatencyModel(new Prefill(150, 10, 0.10), new Decode(1000.0 / 12, 0.15, 0.2, 1), Stall.NEVER),
            SUMMARY,
            new Serving(1, 512, 1, new ColdStart(5_000, 30_000, 300)),
            Sources.ollama());

    /**
     * A hosted provider on a bad day: 3 s to the first token, 15 tokens/s, jitter 0.4 (aimock's preset "overloaded"); sigmas,
     * one stall in ten answers and 16 slots are assumptions.
     */
    private static final Profile DEGRADED = new Profile(
            "degraded",
            new LatencyModel(
                    new Prefill(3_000, 0.5, 0.70),
                    new Decode(1000.0 / 15, 0.30, 0.4, TOKENS_PER_CHUNK),
                    new Stall(0.10, 2_000, 15_000)),
            SUMMARY,
            new Serving(16, 200, 2, ColdStart.NEVER),
            Sources.degraded());

    private static final List<Profile> all =
            List.of(SONNET_CLASS, HAIKU_CLASS, BEDROCK_SONNET, OLLAMA_CPU, DEGRADED, FIXED, ZERO);

    private Profiles() {}

    /** @throws IllegalArgumentException if there is none of that name; the message lists the known ones */
    public static Profile named(String name) {
        return all.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no profile named \"" + name + "\"; known are " + names()));
    }

    /** Whether a profile of that name comes with the simulator. */
    public static boolean knows(String name) {
        return all.stream().anyMatch(profile -> profile.name().equals(name));
    }

    /** The profiles that come with the simulator, the default first. */
    public static List<Profile> all() {
        return all;
    }

    /** The known names, the default first. */
    public static String names() {
        return all.stream().map(Profile::name).collect(Collectors.joining(", "));
    }
}
