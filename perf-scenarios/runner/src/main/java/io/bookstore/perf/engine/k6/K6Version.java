package io.bookstore.perf.engine.k6;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of k6. */
public record K6Version(int major, int minor, int patch) implements Comparable<K6Version> {

    /** Older ones lack optional chaining, {@code --summary-mode} and {@code exec.test.fail}. */
    public static final K6Version OLDEST = new K6Version(1, 0, 0);

    /** The release that the embedded engine follows, and that the container engine and the export take by default. */
    public static final K6Version FOLLOWED = new K6Version(2, 3, 0);

    /** The image of {@link #FOLLOWED}. */
    public static final String IMAGE = "grafana/k6:2.3.0";

    private static final Comparator<K6Version> byNumber = Comparator.comparingInt(K6Version::major)
            .thenComparingInt(K6Version::minor)
            .thenComparingInt(K6Version::patch);

    private static final Pattern printed = Pattern.compile("\\bv?(\\d+)\\.(\\d+)\\.(\\d+)");

    /** Reads the first line of {@code k6 version}: {@code k6 v1.7.1 (commit/..., go1.24, linux/amd64)}. */
    public static Optional<K6Version> parse(String text) {
        Matcher matcher = printed.matcher(text);
        return matcher.find()
                ? Optional.of(new K6Version(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    public boolean supported() {
        return major >= OLDEST.major;
    }

    @Override
    public int compareTo(K6Version other) {
        return byNumber.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
