package io.bookstore.simulator.cache;

import io.bookstore.simulator.cache.Cacheable.Prefix;
import io.bookstore.simulator.draw.Fnv1a;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prompt cache of one provider. Thread-safe.
 *
 * <p>Looking and keeping are two steps: a request that is refused in between leaves nothing behind, and of two that come
 * at the same moment both may write, as with the providers.
 */
public final class PromptCache {

    private static final int MAX_PREFIXES = 100_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private record Kept(Instant until, Duration lifetime) {}

    private final CacheMode mode;
    private final Map<Long, Kept> prefixes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Kept> eldest) {
            return size() > MAX_PREFIXES;
        }
    };

    public PromptCache(CacheMode mode) {
        this.mode = mode;
    }

    /** Returns the tokens of a prompt that the cache has, and those that it would be given; changes nothing. */
    public CacheUse look(String model, Cacheable prompt, Instant now) {
        return switch (mode) {
            case OFF -> CacheUse.NONE;
            case WARM -> prompt.warm();
            case ARRIVAL -> prompt.prefixes().isEmpty() ? CacheUse.NONE : lookUp(model, prompt.prefixes(), now);
        };
    }

    /** Keeps what may be kept of a prompt, from now on as long as it says. */
    public void keep(String model, Cacheable prompt, Instant now) {
        if (mode != CacheMode.ARRIVAL || prompt.prefixes().isEmpty()) {
            return;
        }
        synchronized (prefixes) {
            boolean found = false;
            for (int i = prompt.prefixes().size() - 1; i >= 0; i--) {
                Prefix prefix = prompt.prefixes().get(i);
                long key = key(model, prefix);
                Kept kept = fresh(key, now);
                if (prefix.lifetime() != null) {
                    prefixes.put(key, new Kept(now.plus(prefix.lifetime()), prefix.lifetime()));
                } else if (kept != null && !found) {
                    // The longest that was found is refreshed by its use.
                    prefixes.put(key, new Kept(now.plus(kept.lifetime()), kept.lifetime()));
                }
                found |= kept != null;
            }
        }
    }

    private @Nullable Kept fresh(long key, Instant now) {
        Kept kept = prefixes.get(key);
        return kept != null && kept.until().isAfter(now) ? kept : null;
    }

    private CacheUse lookUp(String model, List<Prefix> wanted, Instant now) {
        int read = 0;
        int from = 0;
        synchronized (prefixes) {
            for (int i = wanted.size() - 1; i >= 0; i--) {
                if (fresh(key(model, wanted.get(i)), now) != null) {
                    read = wanted.get(i).tokens();
                    from = i + 1;
                    break;
                }
            }
        }
        int end = read;
        int forHour = 0;
        for (Prefix prefix : wanted.subList(from, wanted.size())) {
            if (prefix.lifetime() != null) {
                forHour += prefix.lifetime().compareTo(HOUR) >= 0 ? prefix.tokens() - end : 0;
                end = prefix.tokens();
            }
        }
        return new CacheUse(read, end - read, forHour);
    }

    private static long key(String model, Prefix prefix) {
        return Fnv1a.add(prefix.hash(), model, 0, model.length());
    }
}
