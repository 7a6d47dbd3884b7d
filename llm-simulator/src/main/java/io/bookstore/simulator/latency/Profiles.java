package io.bookstore.simulator.latency;

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
            SUMMARY);

    /** No variance: every answer has 100 tokens, the first after 200 ms, the last 495 ms later. For unit tests. */
    private static final Profile FIXED = new Profile(
            "fixed",
            new LatencyModel(new Prefill(200, 0, 0), new Decode(5, 0, 0, TOKENS_PER_CHUNK), Stall.NEVER),
            new OutputLength(100, 0, 100, 100));

    /**
     * Claude 3.5 Sonnet on Anthropic's own API. Medians: 0.80-0.81 s to the first token and 64 tokens/s (Artificial
     * Analysis, two readings of 2024/25); the guide's trace of 2,457 ms for 123 tokens agrees. Published tails were not
     * found: sigma 0.50 (p95 1.82 s, p99 2.56 s), pace sigma 0.20, jitter, prompt slope and stalls are assumptions.
     */
    private static final Profile SONNET_CLASS = new Profile(
            "sonnet-class",
            new LatencyModel(
                    new Prefill(800, 0.2, 0.50),
                    new Decode(1000.0 / 64, 0.20, 0.2, TOKENS_PER_CHUNK),
                    new Stall(0.01, 2_000, 10_000)),
            SUMMARY);

    private static final List<Profile> all = List.of(SONNET_CLASS, FIXED, ZERO);

    private Profiles() {}

    /** @throws IllegalArgumentException if there is none of that name; the message lists the known ones */
    public static Profile named(String name) {
        return all.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no profile named \"" + name + "\"; known are " + names()));
    }

    /** The known names, the default first. */
    public static String names() {
        return all.stream().map(Profile::name).collect(Collectors.joining(", "));
    }
}
