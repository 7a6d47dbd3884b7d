package io.bookstore.simulator.cache;

import io.bookstore.simulator.draw.Fnv1a;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beginnings of a prompt that a provider may keep.
 *
 * @param prefixes shortest first
 */
public record Cacheable(List<Prefix> prefixes) {

    public static final Cacheable NOTHING = new Cacheable(List.of());

    /** The lifetime with providers that cache by themselves: five to ten idle minutes, says OpenAI. */
    private static final Duration AUTOMATIC_LIFETIME = Duration.ofMinutes(5);

    // A step must end at the same character whatever follows, and be found without counting tokens: prose has about
    // four characters a token.
    private static final int CHARS_PER_TOKEN = 4; // assumption

    /**
     * A beginning.
     *
     * @param hash     of its text
     * @param tokens   in it
     * @param lifetime how long it is kept after its last use; null if it is only looked for
     */
    public record Prefix(long hash, int tokens, @Nullable Duration lifetime) {}

    public Cacheable {
        prefixes = List.copyOf(prefixes);
    }

    /**
     * The beginnings that a provider keeps without being asked.
     *
     * @param leastTokens of the shortest beginning that is kept
     * @param stepTokens  by which the longer ones grow
     */
    public static Cacheable automatic(String prompt, int inputTokens, int leastTokens, int stepTokens) {
        List<Prefix> prefixes = new ArrayList<>();
        long hash = Fnv1a.EMPTY;
        int hashed = 0;
        for (int tokens = leastTokens; tokens <= inputTokens; tokens += stepTokens) {
            int end = tokens * CHARS_PER_TOKEN;
            if (end > prompt.length()) {
                break;
            }
            hash = Fnv1a.add(hash, prompt, hashed, end);
            hashed = end;
            prefixes.add(new Prefix(hash, tokens, AUTOMATIC_LIFETIME));
        }
        return new Cacheable(prefixes);
    }

    /** The use of a cache that has kept all of it before. */
    CacheUse warm() {
        return new CacheUse(
                prefixes.isEmpty() ? 0 : prefixes.get(prefixes.size() - 1).tokens(), 0, 0);
    }
}
