package io.bookstore.perf.scenario;

import io.bookstore.k6.options.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The load of a scenario without {@code DURATION_SCALE}.
 *
 * @param length    in k6's notation, such as {@code 10m30s}
 * @param users     virtual users at the turning points, such as 2, 20, 2; empty for an open loop
 * @param perMinute arrivals a minute at the turning points; empty for a closed loop
 */
public record Load(String length, List<Integer> users, List<Integer> perMinute) {

    static final Load UNKNOWN = new Load("", List.of(), List.of());

    public Load {
        users = List.copyOf(users);
        perMinute = List.copyOf(perMinute);
    }

    static Load of(Literal described) {
        Literal length = described.get("length");
        if (DurationText.parse(length.text()).filter(Load::isPositive).isEmpty()) {
            throw length.mustBe("a length such as 3m or 10m30s");
        }
        if (described.find("users").isPresent() == described.find("perMinute").isPresent()) {
            throw described.refused("needs either \"users\" or \"perMinute\"");
        }
        return new Load(
                length.text(),
                described.find("users").map(Literal::counts).orElse(List.of()),
                described.find("perMinute").map(Literal::counts).orElse(List.of()));
    }

    /** The load in words, such as {@code 2-20-2 users} or {@code 7-14 requests a minute}. */
    public String text() {
        return users.isEmpty()
                ? points(perMinute) + named(perMinute, " request") + " a minute"
                : points(users) + named(users, " user");
    }

    private static boolean isPositive(Duration length) {
        return length.compareTo(Duration.ZERO) > 0;
    }

    private static String named(List<Integer> points, String noun) {
        return points.equals(List.of(1)) ? noun : noun + "s";
    }

    private static String points(List<Integer> points) {
        return points.stream()
                .map(point -> String.format(Locale.ROOT, "%d", point))
                .collect(Collectors.joining("-"));
    }
}
