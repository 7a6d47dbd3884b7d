package io.bookstore.perf.capacity;

/**
 * The rules of a search.
 *
 * @param from       lowest rate to try, in arrivals a minute
 * @param to         highest rate to try, in arrivals a minute
 * @param attainment wanted share of good requests, between 0 and 1
 * @param mostProbes the search ends after so many
 * @param width      the search ends when the interval is narrower: 0.1 for 10 % of its lower end
 */
public record CapacityRules(double from, double to, double attainment, int mostProbes, double width) {

    public static final double LOWEST_RATE = 1;
    public static final double HIGHEST_RATE = 1_000_000;
    public static final int FEWEST_PROBES = 3;
    public static final int MOST_PROBES = 100;

    public CapacityRules {
        require(from >= LOWEST_RATE, "from must be at least 1 a minute, was " + from);
        require(to > from && to <= HIGHEST_RATE, "to must be above from and at most 1000000 a minute, was " + to);
        require(attainment > 0 && attainment < 1, "attainment must be between 0 and 1, was " + attainment);
        require(
                mostProbes >= FEWEST_PROBES && mostProbes <= MOST_PROBES,
                "mostProbes must be from 3 to 100, was " + mostProbes);
        require(width >= 0.01 && width <= 1, "width must be from 0.01 to 1, was " + width);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
