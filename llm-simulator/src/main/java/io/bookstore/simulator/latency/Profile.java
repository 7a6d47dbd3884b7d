package io.bookstore.simulator.latency;

import java.util.List;
import java.util.Map;

/**
 * A class of provider: how fast it answers and how much it says.
 *
 * @param name    for {@code --profile} and {@code /health}
 * @param sources of the numbers by their keys, such as {@code prefill.medianMs}; the origin of others is unknown
 */
public record Profile(
        String name,
        LatencyModel latency,
        OutputLength outputLength,
        Serving serving,
        Agent agent,
        Reasoning reasoning,
        Map<String, String> sources) {

    private static final List<String> numberKeys = List.of(
            "prefill.medianMs",
            "prefill.perPromptTokenMs",
            "prefill.sigma",
            "decode.tokenMs",
            "decode.sigma",
            "decode.jitter",
            "decode.tokensPerChunk",
            "stall.probability",
            "stall.shortestMs",
            "stall.longestMs",
            "outputLength.median",
            "outputLength.sigma",
            "outputLength.least",
            "outputLength.most",
            "serving.slots",
            "serving.queue",
            "serving.loadFactor",
            "serving.coldStart.shortestMs",
            "serving.coldStart.longestMs",
            "serving.coldStart.idleSeconds",
            "agent.median",
            "agent.sigma",
            "agent.least",
            "agent.most",
            "agent.parallelShare",
            "reasoning.median",
            "reasoning.sigma",
            "reasoning.least",
            "reasoning.most",
            "reasoning.summaryShare",
            "reasoning.unaskedShare");

    public Profile {
        sources = Map.copyOf(sources);
        for (String key : sources.keySet()) {
            if (!numberKeys.contains(key)) {
                throw new IllegalArgumentException("sources must be of numbers of the profile, was " + key + "; use "
                        + String.join(", ", numberKeys));
            }
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }

    /** A provider whose reasoning is assumed. */
    public Profile(
            String name,
            LatencyModel latency,
            OutputLength outputLength,
            Serving serving,
            Agent agent,
            Map<String, String> sources) {
        this(name, latency, outputLength, serving, agent, Reasoning.ASSUMED, sources);
    }

    /** A provider of unknown sources. */
    public Profile(String name, LatencyModel latency, OutputLength outputLength, Serving serving) {
        this(name, latency, outputLength, serving, Agent.ONE_TURN, Map.of());
    }

    /** A provider of unknown sources that serves everybody at once. */
    public Profile(String name, LatencyModel latency, OutputLength outputLength) {
        this(name, latency, outputLength, Serving.UNLIMITED);
    }

    /** The key of each number, as configuration files write it. */
    public static List<String> numberKeys() {
        return numberKeys;
    }
}
