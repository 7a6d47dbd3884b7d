package io.bookstore.perf.answer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules that all parts of an answer share; JSON may leave out any of them. */
final class Rules {

    private Rules() {}

    static void text(String key, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + " must be a text that is not blank");
        }
    }

    static void finite(String key, @Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            throw new IllegalArgumentException(key + " must be a number, was " + value);
        }
    }

    static void atMost(String what, int count, int most) {
        if (count > most) {
            throw new IllegalArgumentException("there may be at most " + most + " " + what + ", there were " + count);
        }
    }

    static void some(String key, List<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(key + " must not be empty");
        }
    }

    static void sameLength(String key, int cells, int columns) {
        if (cells != columns) {
            throw new IllegalArgumentException(
                    key + " must have " + columns + " cells, one for each column, had " + cells);
        }
    }

    static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** A copy in which no element is null; absent is empty. */
    static <T> List<T> list(@Nullable List<T> values) {
        if (values == null) {
            return List.of();
        }
        if (values.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("null is no element of a list here");
        }
        return List.copyOf(values);
    }

    /** A copy in which null is a value that is not known. */
    static <T> List<@Nullable T> listWithGaps(@Nullable List<@Nullable T> values) {
        return values == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(values));
    }
}
