package io.bookstore.llm.cost;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads rows of prices: a line each, columns separated by commas, {@code #} before a comment. */
final class PriceFile {

    private static final List<String> COLUMNS = List.of(
            "provider",
            "model",
            "input",
            "output",
            "cache read",
            "cache write",
            "cache write 1h",
            "from prompt tokens",
            "valid from",
            "regional factor",
            "checked",
            "source");

    // No model costs a tenth of it for a million tokens, and no prompt has so many tokens.
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    private final String where;
    private final String[] values;

    private PriceFile(String where, String[] values) {
        this.where = where;
        this.values = values;
    }

    /**
     * @param origin what to call these lines in a message: a file, a variable
     * @throws IllegalArgumentException naming the line, the column, its value and the rule
     */
    static List<Price> read(List<String> lines, String origin) {
        List<Price> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(row(line, origin + ":" + (i + 1)));
            }
        }
        return rows;
    }

    private static Price row(String line, String where) {
        String[] values = line.split(",", COLUMNS.size());
        if (values.length < COLUMNS.size()) {
            throw new IllegalArgumentException(where + " must have " + COLUMNS.size() + " columns ("
                    + String.join(", ", COLUMNS) + "), has " + values.length + ": " + line.strip());
        }
        return new PriceFile(where, values).price();
    }

    private Price price() {
        Rates rates = checked(
                () -> new Rates(required(2, number(2)), required(3, number(3)), number(4), number(5), number(6)));
        BigDecimal tier = number(7);
        BigDecimal factor = number(9);
        return checked(() -> new Price(
                text(0),
                text(1),
                rates,
                tier == null ? 0 : tier.longValueExact(),
                date(8),
                factor == null ? BigDecimal.ONE : factor,
                required(10, date(10)),
                text(11)));
    }

    private <T> T checked(Supplier<T> row) {
        try {
            return row.get();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(where + ": from prompt tokens must be a whole number", e);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(where) ? e : new IllegalArgumentException(where + ": " + message, e);
        }
    }

    private String text(int column) {
        return values[column].strip();
    }

    private @Nullable BigDecimal number(int column) {
        String text = text(column);
        try {
            BigDecimal number = text.isEmpty() ? null : new BigDecimal(text);
            if (number != null && number.compareTo(MOST) > 0) {
                throw bad(column, "at most " + MOST.toPlainString());
            }
            return number;
        } catch (NumberFormatException e) {
            throw bad(column, "a number");
        }
    }

    private @Nullable LocalDate date(int column) {
        String text = text(column);
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw bad(column, "a date such as 2026-11-25");
        }
    }

    private <T> T required(int column, @Nullable T value) {
        if (value == null) {
            throw bad(column, "there");
        }
        return value;
    }

    private IllegalArgumentException bad(int column, String rule) {
        return new IllegalArgumentException(
                where + ": " + COLUMNS.get(column) + " must be " + rule + ", was \"" + text(column) + "\"");
    }
}
