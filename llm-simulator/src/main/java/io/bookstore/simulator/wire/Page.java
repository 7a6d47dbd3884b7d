package io.bookstore.simulator.wire;

import io.bookstore.simulator.wire.Refusal.Kind;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A page of a list, as the query of a request asks for it.
 *
 * @param more true if others follow, in the direction in which the list is read
 */
public record Page<T>(List<T> items, boolean more) {

    /** The numbers of items that a list has on a page. */
    public record Size(int usual, int most) {

        private int of(String limit) {
            if (limit.isEmpty()) {
                return usual;
            }
            if (!limit.matches("[0-9]{1,5}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > most) {
                throw new RefusedException(
                        Kind.INVALID_REQUEST, "limit must be a whole number from 1 to " + most + ", was " + limit);
            }
            return Integer.parseInt(limit);
        }
    }

    /** The page after the item of an identifier; the first one if that is empty. */
    public static <T> Page<T> after(String after, List<T> all, Function<T, String> id, Size size, String limit) {
        List<T> rest = after.isEmpty()
                ? all
                : all.stream()
                        .dropWhile(item -> !id.apply(item).equals(after))
                        .skip(1)
                        .toList();
        int end = Math.min(size.of(limit), rest.size());
        return new Page<>(rest.subList(0, end), end < rest.size());
    }

    /** The page before the item of an identifier. */
    public static <T> Page<T> before(String before, List<T> all, Function<T, String> id, Size size, String limit) {
        List<T> rest =
                all.stream().takeWhile(item -> !id.apply(item).equals(before)).toList();
        int begin = Math.max(0, rest.size() - size.of(limit));
        return new Page<>(rest.subList(begin, rest.size()), begin > 0);
    }

    /** The fields of the page in which OpenAI and Anthropic agree. */
    public String fields(Function<T, String> id, Function<T, String> document) {
        return items.stream().map(document).collect(Collectors.joining(",", "\"data\":[", "]")) + ",\"first_id\":"
                + idAt(0, id) + ",\"last_id\":" + idAt(items.size() - 1, id) + ",\"has_more\":" + more;
    }

    private String idAt(int index, Function<T, String> id) {
        return items.isEmpty() ? "null" : Json.quote(id.apply(items.get(index)));
    }
}
