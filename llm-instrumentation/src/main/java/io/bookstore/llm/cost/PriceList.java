package io.bookstore.llm.cost;

import io.bookstore.llm.TokenUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What models cost. Immutable; of the rows that fit, the one with the longest model name wins, then the highest tier. */
public final class PriceList {

    private static final String RESOURCE = "/io/bookstore/llm/cost/prices.csv";
    private static final int COLUMNS = 9;

    private final List<Price> rows;

    private PriceList(List<Price> rows) {
        this.rows = rows.stream()
                .sorted(Comparator.comparingInt((Price row) -> row.model().length())
                        .thenComparingLong(Price::fromPromptTokens)
                        .reversed())
                .toList();
    }

    /** The list in this jar; each row there names its source and the day somebody looked. */
    public static PriceList bundled() {
        try (InputStream in = PriceList.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the jar");
            }
            return new PriceList(read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), RESOURCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exactly these rows. */
    public static PriceList of(List<Price> rows) {
        return new PriceList(rows);
    }

    /**
     * Puts the rows of a file, in the format of the bundled list, before these.
     *
     * @throws IllegalArgumentException if a line cannot be read, naming it
     */
    public PriceList with(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            List<Price> own = read(reader, file.toString());
            List<Price> all = new ArrayList<>(own);
            rows.stream()
                    .filter(row -> own.stream().noneMatch(ours -> ours.isFor(row.provider(), row.model())))
                    .forEach(all::add);
            return new PriceList(all);
        }
    }

    /** The rows, best fit first. */
    public List<Price> rows() {
        return rows;
    }

    /**
     * Prices a call by the model that answered or, if that has no price, by the one asked for.
     *
     * @return null if the price or a token count is unknown
     */
    public @Nullable Cost cost(
            String provider, @Nullable String responseModel, @Nullable String requestModel, TokenUsage usage) {
        Long input = usage.input();
        Long output = usage.output();
        if (input == null || output == null) {
            return null;
        }
        Price price = price(provider, responseModel, input);
        if (price == null) {
            price = price(provider, requestModel, input);
        }
        return price == null ? null : new Cost(price.of(input, output, usage), price.checked());
    }

    private @Nullable Price price(String provider, @Nullable String model, long promptTokens) {
        if (model == null) {
            return null;
        }
        return rows.stream()
                .filter(row -> row.isFor(provider, model) && promptTokens >= row.fromPromptTokens())
                .findFirst()
                .orElse(null);
    }

    private static List<Price> read(BufferedReader reader, String source) throws IOException {
        List<Price> rows = new ArrayList<>();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(row(line, source + ":" + number));
            }
        }
        return rows;
    }

    private static Price row(String line, String where) {
        String[] columns = line.split(",", COLUMNS);
        if (columns.length < COLUMNS) {
            throw new IllegalArgumentException(
                    where + " must have " + COLUMNS + " columns, has " + columns.length + ": " + line);
        }
        try {
            String tier = columns[6].strip();
            return new Price(
                    columns[0].strip(),
                    columns[1].strip(),
                    new BigDecimal(columns[2].strip()),
                    new BigDecimal(columns[3].strip()),
                    optional(columns[4]),
                    optional(columns[5]),
                    tier.isEmpty() ? 0 : Long.parseLong(tier),
                    LocalDate.parse(columns[7].strip()));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException(where + " has a price, count or date that cannot be read: " + line, e);
        }
    }

    private static @Nullable BigDecimal optional(String text) {
        return text.isBlank() ? null : new BigDecimal(text.strip());
    }
}
