package io.bookstore.genai.prices;

import io.bookstore.llm.cost.Price;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.JsonOption;
import io.bookstore.perf.cli.terminal.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "prices",
        description = {
            "Lists the prices in force, explains the cost of a call line by line, or compares with another list.",
            "docs/prices.md has more on it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The prices are those of the kit; before them go the rows of --file, or else",
            "those of LLM_PRICES_FILE and LLM_PRICES. Exit code 85 if --compare finds a",
            "difference.",
            "",
            "Examples:",
            "  llm-perf prices --provider anthropic",
            "  llm-perf prices gpt-4o-mini --input 2000 --output 500 --cache-read 1500",
            "  llm-perf prices --compare our-contract.csv"
        })
final class PricesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "MODEL",
            arity = "0..1",
            description = "A model as a request or an answer names it; without tokens its prices are listed.")
    private @Nullable String model;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "The provider by its name in the conventions; needed where several sell the model.")
    private @Nullable String provider;

    @Mixin
    private TokensOption tokens = new TokensOption();

    @Option(names = "--batch", description = "The call is one of a batch.")
    private boolean batch;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description = "The day of the call, such as 2026-11-30. Default: today.")
    private @Nullable String date;

    @Option(names = "--file", paramLabel = "FILE", description = "Rows that go before those of the kit.")
    private @Nullable Path file;

    @Option(names = "--compare", paramLabel = "FILE", description = "Compare the prices in force with those of a file.")
    private @Nullable Path compared;

    @Mixin
    private JsonOption json = new JsonOption();

    /** Created by picocli, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    PricesCommand() {}

    @Override
    public Integer call() {
        LocalDate day = date == null ? LocalDate.now(ZoneOffset.UTC) : day(date);
        PriceList prices = prices();
        if (model != null) {
            refuse("a MODEL", compared != null, "--compare");
            ofModel(prices, model, day);
            return ExitCode.OK.value();
        }
        refuse("no MODEL", tokens.given() || batch, "tokens and --batch");
        return compared == null ? list(prices) : compare(prices, compared);
    }

    private void ofModel(PriceList prices, String asked, LocalDate day) {
        PriceSearch search = new PriceSearch(prices, day);
        if (!tokens.given()) {
            refuse("no tokens", batch, "--batch");
            Price price = search.find(provider, asked, 0).price();
            print(sorted(prices.rows()).stream()
                    .filter(row -> row.provider().equals(price.provider())
                            && row.model().equals(price.model()))
                    .toList());
            return;
        }
        TokenUsage usage = tokens.usage();
        PriceSearch.Found found = search.find(provider, asked, Objects.requireNonNull(usage.input()));
        if (usage.output() == null && found.price().rates().output().signum() > 0) {
            throw usage("Give --output too: " + asked + " has a price for it.");
        }
        CallCost cost = CallCost.of(prices, found.provider(), asked, usage, day, batch);
        if (cost == null) {
            throw usage("No price for a call of a batch is known of the model \"" + asked + "\": leave out --batch.");
        }
        if (json.asked()) {
            out().println(Json.of(CallCostJson.of(cost, asked, day.toString())));
        } else {
            new PricesPrinter(out()).print(cost, usage.reasoning(), day);
        }
    }

    private int list(PriceList prices) {
        List<Price> rows = sorted(prices.rows()).stream()
                .filter(row -> provider == null || row.provider().equals(provider))
                .toList();
        if (rows.isEmpty()) {
            throw usage("No prices of the provider \"" + provider + "\": use "
                    + String.join(
                            ", ",
                            new TreeSet<>(
                                    prices.rows().stream().map(Price::provider).toList())) + ".");
        }
        print(rows);
        return ExitCode.OK.value();
    }

    private void print(List<Price> prices) {
        List<PriceRow> rows = prices.stream().map(PriceRow::of).toList();
        if (json.asked()) {
            out().println(Json.of(rows));
        } else {
            new PricesPrinter(out()).print(rows);
        }
    }

    private int compare(PriceList prices, Path other) {
        PriceComparison comparison = PriceComparison.of(prices, only(other));
        if (json.asked()) {
            out().println(Json.of(comparison));
        } else {
            new PricesPrinter(out()).print(comparison);
        }
        return (comparison.equal() ? ExitCode.OK : ExitCode.DIFFERS).value();
    }

    private PriceList prices() {
        if (file != null) {
            return with(PriceList.bundled(), file);
        }
        try {
            return PriceList.fromEnvironment(System.getenv());
        } catch (IllegalArgumentException e) {
            throw noInput(e.getMessage() + ".");
        }
    }

    /** Returns the rows of a file without those of the kit. */
    static PriceList only(Path file) {
        return with(PriceList.of(List.of()), file);
    }

    private static PriceList with(PriceList prices, Path file) {
        try {
            return prices.with(file);
        } catch (NoSuchFileException e) {
            throw noInput("There is no file " + file + ": name one with rows of prices.");
        } catch (IOException e) {
            throw noInput("Cannot read " + file + " (" + e.getMessage() + "): name a file with rows of prices.");
        } catch (IllegalArgumentException e) {
            throw noInput(e.getMessage() + ".");
        }
    }

    private static PerfException noInput(String sentence) {
        return new PerfException(ExitCode.NO_INPUT, sentence);
    }

    /** Returns the rows by provider and model, and as in the list within a model: highest tier and latest first. */
    static List<Price> sorted(List<Price> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(Price::provider).thenComparing(Price::model))
                .toList();
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw usage("--date must be a date such as 2026-11-30, was \"" + text + "\".");
        }
    }

    private static void refuse(String given, boolean wrong, String option) {
        if (wrong) {
            throw usage("With " + given + " there must be no " + option + ".");
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static PerfException usage(String sentence) {
        return new PerfException(ExitCode.USAGE, sentence);
    }
}
