package io.bookstore.simulator.latency;

import java.util.Map;
import java.util.TreeMap;

/** Where the numbers of the profiles that come with the simulator are from, one by one; what nobody publishes is an assumption. */
final class Sources {

    private static final String ANALYSIS = "Artificial Analysis, medians of ";
    private static final String OURS = "by definition";
    private static final String TAIL = "assumption: published tails were not found";
    private static final String SLOTS = "assumption: nobody publishes it";
    private static final String DEGRADED = "aimock, preset overloaded";

    private Sources() {}

    static Map<String, String> hosted(String model, String ttft, String pace) {
        Map<String, String> sources = everywhere("assumption");
        sources.put("prefill.medianMs", ANALYSIS + model + ": " + ttft);
        sources.put("prefill.perPromptTokenMs", "assumption: 5,000 prompt tokens a second");
        sources.put("prefill.sigma", TAIL + "; p95 2.3 and p99 3.2 times the median");
        sources.put("decode.tokenMs", ANALYSIS + model + ": " + pace);
        sources.put("decode.sigma", TAIL);
        sources.put("decode.jitter", TAIL);
        for (String key : new String[] {"probability", "shortestMs", "longestMs"}) {
            sources.put("stall." + key, "assumption: how often hosted models stall is not published");
        }
        sources.put("serving.slots", SLOTS);
        sources.put("serving.queue", "llm-d-inference-sim, default of max-waiting-queue-length");
        sources.put("serving.loadFactor", "assumption, within the 1.5 to 2 that llm-d-inference-sim calls realistic");
        noColdStart(sources);
        return Map.copyOf(sources);
    }

    static Map<String, String> ollama() {
        Map<String, String> sources = everywhere("assumption: a small model on a few cores");
        sources.put("decode.tokensPerChunk", "Ollama sends a line for each token");
        sources.put("serving.slots", "Ollama's default, OLLAMA_NUM_PARALLEL");
        sources.put("serving.queue", "Ollama's default, OLLAMA_MAX_QUEUE");
        sources.put("serving.loadFactor", "by definition: one slot");
        sources.put("serving.coldStart.idleSeconds", "Ollama's default, OLLAMA_KEEP_ALIVE");
        return Map.copyOf(sources);
    }

    static Map<String, String> degraded() {
        Map<String, String> sources = everywhere("assumption: a bad day");
        sources.put("prefill.medianMs", DEGRADED);
        sources.put("decode.tokenMs", DEGRADED);
        sources.put("decode.jitter", DEGRADED);
        noColdStart(sources);
        return Map.copyOf(sources);
    }

    /** A profile that stands for no provider. */
    static Map<String, String> own() {
        return Map.copyOf(everywhere(OURS));
    }

    private static Map<String, String> everywhere(String source) {
        Map<String, String> sources = new TreeMap<>();
        for (String key : Profile.numberKeys()) {
            sources.put(key, source);
        }
        if (!source.equals(OURS)) {
            sources.put("decode.tokensPerChunk", "assumption: recordings show a few words in each delta");
            for (String key : new String[] {"median", "sigma"}) {
                sources.put("outputLength." + key, "the guide's trace and text: 123 tokens, 80 to 150 (5 % and 95 %)");
            }
        }
        return sources;
    }

    private static void noColdStart(Map<String, String> sources) {
        for (String key : new String[] {"shortestMs", "longestMs", "idleSeconds"}) {
            sources.put("serving.coldStart." + key, "by definition: a hosted model is loaded");
        }
    }
}
