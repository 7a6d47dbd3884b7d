package io.bookstore.simulator.draw;

/** FNV-1a of 64 bits over 16-bit characters: stable across machines and JDKs, which {@code Objects.hash} need not be. */
public final class Fnv1a {

    /** The hash of the empty text. */
    public static final long EMPTY = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private Fnv1a() {}

    static long of(String text) {
        return add(EMPTY, text, 0, text.length());
    }

    /** The hash of a text that goes on with a part of another. */
    public static long add(long hash, String text, int from, int to) {
        long longer = hash;
        for (int i = from; i < to; i++) {
            longer = add(longer, text.charAt(i));
        }
        return longer;
    }

    /** The hash of a text that goes on with one unit: a character, or a byte from 0 to 255. */
    public static long add(long hash, int unit) {
        return (hash ^ unit) * PRIME;
    }
}
