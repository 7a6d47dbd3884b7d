package io.bookstore.perf.compare;

/** The outcome of a comparison, of one metric or of all. */
public enum ComparisonVerdict {
    /** The change is for the better, and larger than the margin. */
    BETTER,
    /** The change is smaller than the margin. */
    SAME,
    /** The change is for the worse, and larger than the margin. */
    WORSE,
    /** The pairs do not show on which side of the margin the change lies. */
    INCONCLUSIVE,
    /** The runs must not be compared, or do not have what the metric needs. */
    INVALID
}
