package io.bookstore.simulator.draw;

/**
 * The chances of one attempt: named streams of numbers, each fixed by seed, request key, attempt and name.
 *
 * <p>Because nothing here depends on what was drawn before, a request meets the same provider whether it comes first or
 * last, alone or among thousands, and a new stream never shifts the numbers of another.
 */
public final class Draws {

    private final long root;

    private Draws(long root) {
        this.root = root;
    }

    /**
     * @param requestKey what identifies the request across runs
     * @param attempt    1 for the first time the key is seen, 2 for its first retry, and so on
     */
    public static Draws of(long seed, String requestKey, int attempt) {
        return new Draws(Draw.mix(Draw.mix(seed) ^ Fnv1a.of(requestKey)) + attempt * Draw.GOLDEN_GAMMA);
    }

    /** The chances of a part of the attempt, such as the second of several answers. */
    public Draws within(String part) {
        return new Draws(Draw.mix(root ^ Fnv1a.of(part)));
    }

    /** A fresh stream of that name; asked twice it starts again from its first number. */
    public Draw stream(String name) {
        return new Draw(Draw.mix(root ^ Fnv1a.of(name)));
    }
}
