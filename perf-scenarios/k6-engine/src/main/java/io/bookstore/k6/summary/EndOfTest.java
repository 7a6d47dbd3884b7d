package io.bookstore.k6.summary;

import io.bookstore.k6.options.Options.SummaryOptions;
import io.bookstore.k6.run.MetricResult;
import io.bookstore.k6.vu.CheckTree;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known when a test is over.
 *
 * @param setupText the value that {@code setup()} returned, as JSON; null for nothing
 * @param duration  setup and teardown included
 */
public record EndOfTest(
        List<MetricResult> metrics,
        CheckTree checks,
        SummaryOptions options,
        Duration duration,
        @Nullable String setupText) {}
