package io.bookstore.k6.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statuses that a response callback expects.
 *
 * @param ranges inclusive; null when the callback was switched off and nothing is judged
 */
public record StatusRule(@Nullable List<Range> ranges) {
    /** k6's default. */
    public static final StatusRule DEFAULT = new StatusRule(List.of(new Range(200, 399)));

    public static final StatusRule OFF = new StatusRule(null);

    public record Range(int min, int max) {}

    /** True if a response of this status counts as expected; null when nothing is judged. */
    public @Nullable Boolean expects(int status) {
        return ranges == null
                ? null
                : Boolean.valueOf(ranges.stream().anyMatch(range -> status >= range.min() && status <= range.max()));
    }
}
