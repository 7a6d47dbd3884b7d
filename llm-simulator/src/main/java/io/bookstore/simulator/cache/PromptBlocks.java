package io.bookstore.simulator.cache;

import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.cache.Cacheable.Prefix;
import io.bookstore.simulator.draw.Fnv1a;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a prompt block by block, with the breakpoints up to which its sender wants it kept. */
public final class PromptBlocks {

    /** Blocks before a breakpoint at whose ends an older breakpoint is looked for, as Anthropic does. */
    private static final int LOOK_BACK = 20;

    private record Block(String content, int tokens) {}

    private record Breakpoint(int blocks, Duration lifetime) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Breakpoint> breakpoints = new ArrayList<>();
    private int otherTokens;

    /** A block that the answer may be about. */
    public void addText(String content) {
        text.append(content).append('\n');
        blocks.add(new Block(content, -1));
    }

    /** A block that says nothing about a book: a tool, a picture. */
    public void addOther(String content, int tokens) {
        blocks.add(new Block(content, tokens));
        otherTokens += tokens;
    }

    /** The tokens of all blocks that say nothing about a book. */
    public int otherTokens() {
        return otherTokens;
    }

    /** Adds a breakpoint after the last block. */
    public void addBreakpoint(Duration lifetime) {
        breakpoints.add(new Breakpoint(blocks.size(), lifetime));
    }

    public int breakpoints() {
        return breakpoints.size();
    }

    /** The text of all blocks, a line for each. */
    public String text() {
        return text.toString();
    }

    /**
     * The beginnings that may be kept or found, without those that are too short for the provider.
     *
     * @param inputTokens of the whole prompt
     */
    public Cacheable cacheable(int inputTokens, int leastTokens) {
        if (breakpoints.isEmpty()) {
            return Cacheable.NOTHING;
        }
        List<Prefix> prefixes = new ArrayList<>();
        long hash = Fnv1a.EMPTY;
        int tokens = 0;
        int last = breakpoints.get(breakpoints.size() - 1).blocks();
        for (int i = 0; i < last; i++) {
            Block block = blocks.get(i);
            hash = Fnv1a.add(Fnv1a.add(hash, block.content(), 0, block.content().length()), "\n", 0, 1);
            tokens += block.tokens() < 0 ? Tokenizer.count(block.content()) : block.tokens();
            int counted = Math.min(tokens, inputTokens);
            if (counted >= leastTokens && isLookedFor(i + 1)) {
                prefixes.add(new Prefix(hash, counted, lifetime(i + 1)));
            }
        }
        return new Cacheable(prefixes);
    }

    private boolean isLookedFor(int end) {
        return breakpoints.stream()
                .anyMatch(breakpoint -> breakpoint.blocks() >= end && breakpoint.blocks() - end < LOOK_BACK);
    }

    private @Nullable Duration lifetime(int end) {
        return breakpoints.stream()
                .filter(breakpoint -> breakpoint.blocks() == end)
                .map(Breakpoint::lifetime)
                .findFirst()
                .orElse(null);
    }
}
