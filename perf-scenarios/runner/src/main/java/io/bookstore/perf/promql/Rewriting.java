package io.bookstore.perf.promql;

import java.util.Set;

/** Other names for what a query names; each method may return its argument. */
public interface Rewriting {

    /** The name of a series, with its suffix such as {@code _bucket}. */
    String series(String series);

    /** The name of a label, in a matcher or in a list such as that of {@code by}. */
    String label(String label);

    /** The value of a matcher, as it stands between its quotes. */
    String value(String label, String value);

    /** A matcher that a selector gets besides those it has, such as {@code job="orders"}; empty for none. */
    String besides(Set<String> labels);
}
