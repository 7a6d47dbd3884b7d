package io.bookstore.simulator.draw;

/**
 * A stream of numbers: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), written out so that no JDK can change it.
 *
 * <p>Every distribution consumes exactly one number and is monotone in it. Two profiles drawn from the same stream
 * therefore keep the order of requests - the slow one stays the slow one - which is what lets A/B runs share their noise.
 * Not thread-safe.
 */
public final class Draw {

    static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private static final String ID_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private long state;

    Draw(long state) {
        this.state = state;
    }

    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    public long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform, strictly between 0 and 1. */
    public double uniform() {
        // The middle of one of 2^52 cells: neither 0 nor 1, whose normal quantiles are infinite.
        return ((next() >>> 12) + 0.5) * 0x1.0p-52;
    }

    public double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return (int) (uniform() * bound);
    }

    /** An identifier of so many letters and digits, none of which looks like another. */
    public String id(int length) {
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(ID_ALPHABET.charAt(below(ID_ALPHABET.length())));
        }
        return id.toString();
    }

    public boolean happens(double probability) {
        return uniform() < probability;
    }

    /** Lognormal: half of the draws are below {@code median}; {@code sigma} 0 gives the median itself. */
    public double lognormal(double median, double sigma) {
        double quantile = NormalQuantile.of(uniform());
        return sigma == 0 ? median : median * Math.exp(sigma * quantile);
    }
}
