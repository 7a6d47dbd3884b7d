package io.bookstore.llm.cost;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of prices: a line each, columns separated by commas, {@code #} before a comment. A line that begins with
 * {@code provider} names the columns of the rows below it; rows above any such line have the twelve columns of a file that
 * names none.
 */
final class PriceFile {

    /** The columns that a file may have; in the source a comma is text when it is the last one. */
    private enum Column {
        PROVIDER,
        MODEL,
        INPUT,
        OUTPUT,
        CACHE_READ,
        CACHE_WRITE,
        CACHE_WRITE_1H,
        FROM_PROMPT_TOKENS,
        VALID_FROM,
        REGIONAL_FACTOR,
        BATCH_FACTOR,
        CHECKED,
        SOURCE;

        private static String names(List<Column> columns) {
            return columns.stream().map(Column::toString).collect(Collectors.joining(", "));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final List<Column> UNNAMED = Arrays.stream(Column.values())
            .filter(column -> column != Column.BATCH_FACTOR)
            .toList();

    // No model costs a tenth of it for a million tokens, and no prompt has so many tokens.
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    private final String where;
    private final List<Column> columns;
    private final List<String> values;
    private final LocalDate newestCheck;

    private PriceFile(String where, List<Column> columns, List<String> values, LocalDate newestCheck) {
        this.where = where;
        this.columns = columns;
        this.values = values;
        this.newestCheck = newestCheck;
    }

    /**
     * Reads the rows.
     *
     * @param origin      the name of these lines in a message: a file, a variable
     * @param newestCheck the last day on which a price can have been checked
     * @throws IllegalArgumentException naming the line, the column, its value and the rule
     */
    static List<Price> read(List<String> lines, String origin, LocalDate newestCheck) {
        List<Price> rows = new ArrayList<>();
        List<Column> columns = UNNAMED;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String where = origin + ":" + (i + 1);
            List<String> names = cells(line, -1);
            if (names.get(0).equals(Column.PROVIDER.toString())) {
                columns = named(names, where);
            } else {
                rows.add(new PriceFile(where, columns, row(line, columns, where), newestCheck).price());
            }
        }
        return rows;
    }

    private static List<Column> named(List<String> names, String where) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            Column column = Arrays.stream(Column.values())
                    .filter(known -> known.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(where + ": a column must be one of "
                            + Column.names(List.of(Column.values())) + ", was \"" + name + "\""));
            if (columns.contains(column)) {
                throw new IllegalArgumentException(where + ": a column must be named once, was \"" + name + "\" again");
            }
            columns.add(column);
        }
        return columns;
    }

    private static List<String> row(String line, List<Column> columns, String where) {
        List<String> values = cells(line, columns.size());
        if (values.size() < columns.size()) {
            throw new IllegalArgumentException(where + " must have " + columns.size() + " columns ("
                    + Column.names(columns) + "), has " + values.size() + ": " + line.strip());
        }
        return values;
    }

    private static List<String> cells(String line, int most) {
        return Arrays.stream(line.split(",", most)).map(String::strip).toList();
    }

    private Price price() {
        Rates rates = checked(() -> new Rates(
                required(Column.INPUT, number(Column.INPUT)),
                required(Column.OUTPUT, number(Column.OUTPUT)),
                number(Column.CACHE_READ),
                number(Column.CACHE_WRITE),
                number(Column.CACHE_WRITE_1H)));
        BigDecimal tier = number(Column.FROM_PROMPT_TOKENS);
        BigDecimal factor = number(Column.REGIONAL_FACTOR);
        LocalDate day = required(Column.CHECKED, date(Column.CHECKED));
        if (day.isAfter(newestCheck)) {
            throw bad(Column.CHECKED, "today or earlier");
        }
        return checked(() -> new Price(
                text(Column.PROVIDER),
                text(Column.MODEL),
                rates,
                tier == null ? 0 : tier.longValueExact(),
                date(Column.VALID_FROM),
                factor == null ? BigDecimal.ONE : factor,
                number(Column.BATCH_FACTOR),
                day,
                text(Column.SOURCE)));
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

    private String text(Column column) {
        int index = columns.indexOf(column);
        return index < 0 ? "" : values.get(index);
    }

    private @Nullable BigDecimal number(Column column) {
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

    private @Nullable LocalDate date(Column column) {
        String text = text(column);
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw bad(column, "a date such as 2026-11-25");
        }
    }

    private <T> T required(Column column, @Nullable T value) {
        if (value == null) {
            throw bad(column, "there");
        }
        return value;
    }

    private IllegalArgumentException bad(Column column, String rule) {
        return new IllegalArgumentException(
                where + ": " + column + " must be " + rule + ", was \"" + text(column) + "\"");
    }
}
