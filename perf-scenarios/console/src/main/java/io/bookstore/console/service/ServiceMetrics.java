package io.bookstore.console.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a service over the last minutes.
 *
 * @param sentence   the reason why there are none now; null if there are
 * @param secondsAgo the times of the values, the oldest first
 * @param charts     those whose series the service has
 * @param figures    the newest values, of lines that are not charted
 * @param missing    titles of charts and figures whose series the service does not have, or not yet
 */
public record ServiceMetrics(
        @Nullable String sentence,
        List<Double> secondsAgo,
        List<Plot> charts,
        List<Plot> figures,
        List<String> missing) {

    /** @param unit the word of a {@link Unit} */
    public record Plot(String title, String unit, List<Curve> lines) {}

    /**
     * A line.
     *
     * @param name   empty for one that stands alone
     * @param values one for each time; null where it is unknown
     */
    public record Curve(String name, List<@Nullable Double> values) {}
}
