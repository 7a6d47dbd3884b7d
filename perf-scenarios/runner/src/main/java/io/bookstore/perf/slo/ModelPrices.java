package io.bookstore.perf.slo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list prices of models, by which a run is billed. The file is that of llm-instrumentation, whose format its page on prices
 * describes; the build copies it, for this module must not depend on the library. Left out are local models, which cost
 * nothing, fine-tuned ones, and those that only embed.
 */
final class ModelPrices {

    private static final String RESOURCE = "prices.csv";
    private static final double TOKENS = 1e6;
    private static final String ANY = "*";

    // The dates and versions for which the library takes a '*'; a longer name is another model.
    private static final Pattern version = Pattern.compile(
            "([-@:](latest|preview|exp|\\d{3,8}|\\d{4}-\\d{2}-\\d{2}|\\d{2}-(\\d{2}|\\d{4})|v\\d+(:\\d+)?))*");

    private final List<Row> rows;

    private ModelPrices(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * A row of the list.
     *
     * @param versions   true if it holds for every date and version of the model
     * @param input      US dollars for a million tokens
     * @param output     as {@code input}
     * @param fromPrompt the row holds for prompts of at least so many tokens
     * @param validFrom  the first day on which it holds; null for always
     */
    record Row(
            String provider,
            String model,
            boolean versions,
            double input,
            double output,
            long fromPrompt,
            @Nullable LocalDate validFrom) {

        double bill(double inputTokens, double outputTokens) {
            return (inputTokens * input + outputTokens * output) / TOKENS;
        }

        boolean samePrice(Row other) {
            return input == other.input && output == other.output;
        }

        private boolean sold() {
            return output > 0 && !model.isEmpty() && !model.startsWith("ft:");
        }

        /**
         * Returns whether this is the row of a model that a service names. Services shorten a provider's name, such as gemini for
         * gcp.gemini, and resellers lengthen it.
         */
        private boolean isFor(@Nullable String askedProvider, String asked) {
            boolean sameProvider = askedProvider == null
                    || ("." + provider).endsWith("." + askedProvider)
                    || askedProvider.endsWith("." + provider);
            return sameProvider
                    && asked.startsWith(model)
                    && (versions
                            ? version.matcher(asked.substring(model.length())).matches()
                            : asked.equals(model));
        }

        private boolean holds(double promptTokens, LocalDate day) {
            return promptTokens >= fromPrompt && (validFrom == null || !day.isBefore(validFrom));
        }

        private LocalDate since() {
            return validFrom == null ? LocalDate.MIN : validFrom;
        }
    }

    static ModelPrices bundled() {
        try (InputStream in = ModelPrices.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the jar");
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a list with a head line. */
    static ModelPrices of(String text) {
        List<List<String>> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Arrays.stream(line.split(",")).map(String::strip).toList())
                .toList();
        List<String> head = lines.get(0);
        return new ModelPrices(lines.stream()
                .skip(1)
                .map(cells -> row(head, cells))
                .filter(Row::sold)
                .toList());
    }

    private static Row row(List<String> head, List<String> cells) {
        String fromPrompt = cells.get(head.indexOf("from prompt tokens"));
        String validFrom = cells.get(head.indexOf("valid from"));
        String model = cells.get(head.indexOf("model"));
        boolean versions = model.endsWith(ANY);
        return new Row(
                cells.get(head.indexOf("provider")),
                versions ? model.substring(0, model.length() - ANY.length()) : model,
                versions,
                Double.parseDouble(cells.get(head.indexOf("input"))),
                Double.parseDouble(cells.get(head.indexOf("output"))),
                fromPrompt.isEmpty() ? 0 : Long.parseLong(fromPrompt),
                validFrom.isEmpty() ? null : LocalDate.parse(validFrom));
    }

    /**
     * The row of a model for a short prompt; empty if the list does not have it.
     *
     * @param provider null if it is not known
     */
    Optional<Row> of(@Nullable String provider, String model, LocalDate day) {
        return at(0, day).stream()
                .filter(row -> row.isFor(provider, model))
                .max(Comparator.comparingInt(row -> row.model().length()));
    }

    /**
     * The row of each model that holds.
     *
     * @param promptTokens of one request
     */
    Collection<Row> at(double promptTokens, LocalDate day) {
        Map<List<String>, Row> best = new LinkedHashMap<>();
        List<Row> holding = new ArrayList<>(rows);
        holding.removeIf(row -> !row.holds(promptTokens, day));
        holding.sort(Comparator.comparingLong(Row::fromPrompt).thenComparing(Row::since));
        holding.forEach(row -> best.put(List.of(row.provider(), row.model()), row));
        return best.values();
    }
}
