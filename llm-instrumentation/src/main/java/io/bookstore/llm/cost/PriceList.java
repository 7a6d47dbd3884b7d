package io.bookstore.llm.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The prices of models. Immutable and thread-safe. Of the rows that fit, the one with the longest model name wins, then the
 * highest tier, then the latest that holds on the day of the call.
 *
 * <p>A provider without rows for a model has those of the vendor whose models it resells: {@code azure.ai.openai} those of
 * {@code openai}, {@code gcp.vertex_ai} and {@code gcp.gen_ai} those of {@code gcp.gemini} or, for Claude, of {@code anthropic},
 * {@code aws.bedrock} for Claude those of {@code anthropic}. Of a resource name ({@code models/…}, the ARN of an inference
 * profile) the last part counts.
 */
public final class PriceList {

    /** A file with rows that go before the bundled ones. */
    public static final String FILE_VARIABLE = "LLM_PRICES_FILE";

    /** Rows that go before all others, separated by semicolons. */
    public static final String ROWS_VARIABLE = "LLM_PRICES";

    private static final String RESOURCE = "/io/bookstore/llm/cost/prices.csv";

    // Models that a service uses fit many times over; names made up by a client must not fill the heap.
    private static final int MAX_REMEMBERED = 1000;

    private final List<Price> rows;
    private final Map<Asked, List<Price>> remembered = new ConcurrentHashMap<>();

    private PriceList(List<Price> rows) {
        this.rows = rows.stream()
                .sorted(Comparator.comparingInt((Price row) -> row.model().length())
                        .thenComparingLong(Price::fromPromptTokens)
                        .thenComparing(row -> row.validFrom() == null ? LocalDate.MIN : row.validFrom())
                        .reversed())
                .toList();
    }

    /** The list in this jar; each row there names its source and the day somebody looked. */
    public static PriceList bundled() {
        try (InputStream in = PriceList.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // The clock of a host may be wrong; the rows of this jar must not depend on it.
            return new PriceList(PriceFile.read(text.lines().toList(), RESOURCE, LocalDate.MAX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The bundled list, and before it what {@value #FILE_VARIABLE} and {@value #ROWS_VARIABLE} say.
     *
     * @throws IllegalArgumentException if the file or a row cannot be read, naming it
     */
    public static PriceList fromEnvironment(Map<String, String> environment) {
        PriceList prices = bundled();
        String file = environment.getOrDefault(FILE_VARIABLE, "");
        if (!file.isBlank()) {
            try {
                prices = prices.with(Path.of(file));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        FILE_VARIABLE + " must name a file that can be read, was \"" + file + "\"", e);
            }
        }
        String ownRows = environment.getOrDefault(ROWS_VARIABLE, "");
        return prices.with(PriceFile.read(List.of(ownRows.split(";")), ROWS_VARIABLE, today()));
    }

    /** Exactly these rows. */
    public static PriceList of(List<Price> rows) {
        return new PriceList(rows);
    }

    /**
     * Puts the rows of a file, in the format of the bundled list, before these.
     *
     * @throws IllegalArgumentException if a line cannot be read, naming it
     * @throws IOException if the file cannot be read
     */
    public PriceList with(Path file) throws IOException {
        return with(PriceFile.read(Files.readAllLines(file), file.toString(), today()));
    }

    /** Puts rows before these: a model they name, in whatever version, has no price but theirs. */
    public PriceList with(List<Price> own) {
        List<Price> all = new ArrayList<>(own);
        rows.stream()
                .filter(row -> own.stream().noneMatch(ours -> ours.isFor(row.provider(), row.withoutVersion())))
                .forEach(all::add);
        return new PriceList(all);
    }

    /** The rows, best fit first. */
    public List<Price> rows() {
        return rows;
    }

    /**
     * Prices a call by the model that answered or, if that has no price, by the one asked for.
     *
     * @param day of the call
     * @return null if the price or a token count is unknown
     */
    public @Nullable Cost cost(
            String provider,
            @Nullable String responseModel,
            @Nullable String requestModel,
            TokenUsage usage,
            LocalDate day) {
        return cost(provider, responseModel, requestModel, usage, day, false);
    }

    /**
     * Prices a call of a batch, which providers answer within a day for a part of the usual price.
     *
     * @return null if the price, its part for batches or a token count is unknown
     */
    public @Nullable Cost batchCost(
            String provider,
            @Nullable String responseModel,
            @Nullable String requestModel,
            TokenUsage usage,
            LocalDate day) {
        return cost(provider, responseModel, requestModel, usage, day, true);
    }

    private @Nullable Cost cost(
            String provider,
            @Nullable String responseModel,
            @Nullable String requestModel,
            TokenUsage usage,
            LocalDate day,
            boolean batch) {
        Long input = usage.input();
        if (input == null) {
            return null;
        }
        Cost cost = cost(provider, responseModel, requestModel, input, usage, day, batch);
        return cost == null ? cost(provider, requestModel, requestModel, input, usage, day, batch) : cost;
    }

    private @Nullable Cost cost(
            String provider,
            @Nullable String model,
            @Nullable String requestModel,
            long input,
            TokenUsage usage,
            LocalDate day,
            boolean batch) {
        if (model == null) {
            return null;
        }
        Price price = price(provider, model, input, day);
        if (price == null) {
            return null;
        }
        Long output = usage.output();
        if (output == null && price.rates().output().signum() > 0) {
            return null;
        }
        BigDecimal usd = price.rates().of(input, output == null ? 0 : output, usage);
        // Only the name that was asked for tells the region: an answer's names the bare model.
        BigDecimal factor = price.factorFor(requestModel == null ? model : requestModel);
        BigDecimal ofBatch = batch ? price.batchFactor() : BigDecimal.ONE;
        return ofBatch == null ? null : new Cost(times(times(usd, factor), ofBatch), price.checked());
    }

    private static BigDecimal times(BigDecimal usd, BigDecimal factor) {
        return factor.equals(BigDecimal.ONE) ? usd : usd.multiply(factor);
    }

    /**
     * Returns the row by which a call is priced. That of a model on Bedrock that is priced as its vendor prices it has Bedrock's regional factor.
     *
     * @param promptTokens all input tokens of the call, which choose the tier
     * @param day          of the call
     * @return null if the model has no price on that day
     */
    public @Nullable Price price(String provider, String model, long promptTokens, LocalDate day) {
        for (Price row : rowsFor(provider, model)) {
            if (promptTokens >= row.fromPromptTokens() && row.holdsAt(day)) {
                return row;
            }
        }
        return null;
    }

    private List<Price> rowsFor(String provider, String model) {
        Asked asked = new Asked(provider, model);
        List<Price> known = remembered.get(asked);
        if (known == null) {
            known = ModelName.of(provider, model).stream()
                    .map(this::rowsFor)
                    .filter(found -> !found.isEmpty())
                    .findFirst()
                    .orElse(List.of());
            if (remembered.size() < MAX_REMEMBERED) {
                remembered.put(asked, known);
            }
        }
        return known;
    }

    private List<Price> rowsFor(ModelName name) {
        return rows.stream()
                .filter(row -> row.isFor(name.provider(), name.model()))
                .map(row -> row.resold(name.regionalFactor()))
                .toList();
    }

    /** The last day that it may be anywhere on Earth. */
    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.MAX);
    }

    private record Asked(String provider, String model) {}
}
