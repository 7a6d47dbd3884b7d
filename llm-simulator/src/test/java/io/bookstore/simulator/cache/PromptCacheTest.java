package io.bookstore.simulator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PromptCacheTest {

    private static final String MODEL = "model";
    private static final Instant start = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private final PromptCache cache = new PromptCache(CacheMode.ARRIVAL);

    @Test
    void firstRequestWritesAndTheNextReads() {
        Cacheable prompt = prompt("A", FIVE_MINUTES).cacheable(2_000, 1);

        CacheUse first = use(prompt, start);
        CacheUse second = use(prompt, start.plusSeconds(1));

        assertThat(first).isEqualTo(new CacheUse(0, 5, 0));
        assertThat(second).isEqualTo(new CacheUse(5, 0, 0));
    }

    @Test
    void lookingAloneKeepsNothing() {
        Cacheable prompt = prompt("A", FIVE_MINUTES).cacheable(2_000, 1);

        assertThat(cache.look(MODEL, prompt, start)).isEqualTo(new CacheUse(0, 5, 0));
        assertThat(cache.look(MODEL, prompt, start)).isEqualTo(new CacheUse(0, 5, 0));
    }

    @Test
    void whatIsNotUsedForItsLifetimeIsForgottenAndUseProlongsIt() {
        Cacheable prompt = prompt("A", FIVE_MINUTES).cacheable(2_000, 1);
        use(prompt, start);

        assertThat(use(prompt, start.plusSeconds(299)).read()).isEqualTo(5);
        assertThat(use(prompt, start.plusSeconds(598)).read()).isEqualTo(5);
        assertThat(use(prompt, start.plusSeconds(898)).read()).isZero();
    }

    @Test
    void tokensKeptForAnHourAreToldFromThoseKeptForMinutes() {
        PromptBlocks blocks = prompt("A", HOUR);
        add(blocks, "B", 7);
        blocks.addBreakpoint(FIVE_MINUTES);
        Cacheable prompt = blocks.cacheable(2_000, 1);

        CacheUse first = use(prompt, start);
        CacheUse later = use(prompt, start.plus(Duration.ofMinutes(6)));

        assertThat(first).isEqualTo(new CacheUse(0, 12, 5));
        assertThat(later).isEqualTo(new CacheUse(5, 7, 0));
    }

    @Test
    void conversationThatGrewFindsItsOldBreakpoint() {
        use(prompt("A", FIVE_MINUTES).cacheable(2_000, 1), start);
        PromptBlocks longer = new PromptBlocks();
        add(longer, "A", 5);
        add(longer, "B", 7);
        longer.addBreakpoint(FIVE_MINUTES);

        assertThat(use(longer.cacheable(2_000, 1), start)).isEqualTo(new CacheUse(5, 7, 0));
    }

    @Test
    void breakpointMoreThanTwentyBlocksBackIsNotLookedFor() {
        use(prompt("A", FIVE_MINUTES).cacheable(2_000, 1), start);
        PromptBlocks longer = new PromptBlocks();
        add(longer, "A", 5);
        for (int i = 0; i < 20; i++) {
            add(longer, "B" + i, 1);
        }
        longer.addBreakpoint(FIVE_MINUTES);

        assertThat(use(longer.cacheable(2_000, 1), start)).isEqualTo(new CacheUse(0, 25, 0));
    }

    @Test
    void textAfterTheBreakpointAndShortPromptsAreNotKept() {
        PromptBlocks blocks = prompt("A", FIVE_MINUTES);
        add(blocks, "B", 7);

        assertThat(use(blocks.cacheable(2_000, 1), start).written()).isEqualTo(5);
        assertThat(blocks.cacheable(2_000, 6)).isEqualTo(Cacheable.NOTHING);
    }

    @Test
    void otherModelAndOtherTextFindNothing() {
        Cacheable prompt = prompt("A", FIVE_MINUTES).cacheable(2_000, 1);
        use(prompt, start);

        assertThat(cache.look("other", prompt, start).read()).isZero();
        assertThat(cache.look(MODEL, prompt("B", FIVE_MINUTES).cacheable(2_000, 1), start)
                        .read())
                .isZero();
    }

    @Test
    void automaticCachingReadsTheLongestCommonBeginningInWholeSteps() {
        String common = "word ".repeat(1_100);
        Cacheable one = Cacheable.automatic(common + "one", 1_400, 1_024, 128);
        Cacheable other = Cacheable.automatic(common + "another one", 1_400, 1_024, 128);
        use(one, start);

        // 5,500 characters are 1,375 tokens: 1,024 and two steps of 128.
        assertThat(cache.look(MODEL, other, start).read()).isEqualTo(1_280);
        assertThat(Cacheable.automatic(common, 1_023, 1_024, 128)).isEqualTo(Cacheable.NOTHING);
    }

    @Test
    void warmCacheHasEverythingAndAClosedOneNothing() {
        Cacheable prompt = prompt("A", FIVE_MINUTES).cacheable(2_000, 1);

        assertThat(new PromptCache(CacheMode.WARM).look(MODEL, prompt, start)).isEqualTo(new CacheUse(5, 0, 0));
        assertThat(new PromptCache(CacheMode.OFF).look(MODEL, prompt, start)).isEqualTo(CacheUse.NONE);
    }

    private CacheUse use(Cacheable prompt, Instant now) {
        CacheUse use = cache.look(MODEL, prompt, now);
        cache.keep(MODEL, prompt, now);
        return use;
    }

    private static PromptBlocks prompt(String content, Duration lifetime) {
        PromptBlocks blocks = new PromptBlocks();
        add(blocks, content, 5);
        blocks.addBreakpoint(lifetime);
        return blocks;
    }

    private static void add(PromptBlocks blocks, String content, int tokens) {
        blocks.addOther(content, tokens);
    }
}
