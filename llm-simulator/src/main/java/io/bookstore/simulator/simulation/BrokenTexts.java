package io.bookstore.simulator.simulation;

import io.bookstore.simulator.draw.Fnv1a;
import io.bookstore.simulator.rule.RuleRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a client that skips the malformed frame of a stream: a later turn with such a text shows that it took
 * the rest for whole. The last {@value #MOST} are kept, as hashes. Thread-safe.
 */
final class BrokenTexts {

    private static final int MOST = 10_000;

    private final Map<Long, Long> sequences = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    // Most runs have no malformed frame, and need not read their conversations for it.
    private volatile boolean any;

    /** Keeps the text of an attempt, if one of its frames is malformed. */
    void keep(AnswerDraft draft, long sequence) {
        String text = draft.textAroundMalformedFrame();
        if (text == null || text.isBlank()) {
            return;
        }
        synchronized (sequences) {
            sequences.put(hash(text), sequence);
        }
        any = true;
    }

    /** The attempt with whose text the conversation goes on; null if there is none. */
    @Nullable
    Long trustedBy(@Nullable RuleRequest request) {
        if (!any || request == null) {
            return null;
        }
        long hash = hash(request.lastAnswer());
        synchronized (sequences) {
            return sequences.get(hash);
        }
    }

    private static long hash(String text) {
        String stripped = text.strip();
        return Fnv1a.add(Fnv1a.EMPTY, stripped, 0, stripped.length());
    }
}
