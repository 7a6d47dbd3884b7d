package io.bookstore.genai.prices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.genai.PerfLine;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.cost.TokenUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesCommandTest {

    private static final String COLUMNS = "provider, model, input, output, cache read, cache write, from prompt tokens,"
            + " regional factor, batch factor, checked, source\n";

    @TempDir
    private Path folder;

    private Path contract;

    private final PerfLine perf = new PerfLine();

    @BeforeEach
    void writeContract() throws IOException {
        contract = Files.writeString(folder.resolve("contract.csv"), COLUMNS + """
                acme, m-1*, 2, 10, 0.5, 2.5, , 1.10, 0.5, 2026-11-01, our contract
                acme, m-1*, 4, 20, , , 1000, , , 2026-11-01, our contract
                acme, twin, 1, 1, , , , , , 2026-11-01, our contract
                umbrella, twin, 2, 2, , , , , , 2026-05-01, their page
                """);
    }

    @Test
    void costIsExplainedLineByLine() {
        int exitCode = run("m-1-2026-10-01 --input 600 --output 100 --cache-read 200 --cache-write 100"
                + " --cache-write-1h 40 --reasoning 30 --batch --date 2026-11-30");

        assertThat(exitCode).as(perf.err()).isZero();
        assertThat(perf.out()).isEqualTo("""
                tokens          number  $ per million        $  price of its own
                input              300              2   0.0006
                cache read         200            0.5   0.0001
                cache write         60            2.5  0.00015
                cache write 1h      40            2.5   0.0001  none: that of cache write
                output             100             10    0.001
                sum                                    0.00195
                output has 30 tokens of reasoning, at the price of output
                x 1.1, for the call may not leave its region
                x 0.5, for a call of a batch
                cost $0.0010725
                by the price of m-1* of acme, checked 2026-11-01, from: our contract
                """);
    }

    @Test
    void longPromptHasItsOwnTierAndAnOldPriceIsSaidToBeOld() {
        assertThat(run("m-1 --input 1000 --output 0 --date 2026-11-30")).isZero();
        assertThat(perf.out())
                .containsPattern("(?m)^input +1,000 +4 +0.004$")
                .contains("\ncost $0.004\n")
                .endsWith(
                        "by the price of m-1* of acme from 1,000 input tokens, checked 2026-11-01, from: our contract\n");
        PerfLine old = new PerfLine();
        old.run(
                "prices",
                "twin",
                "--provider",
                "umbrella",
                "--input",
                "1",
                "--output",
                "1",
                "--date",
                "2026-11-30",
                "--file",
                contract.toString());
        assertThat(old.out()).endsWith("That was 213 days before the call: compare it with the provider's page.\n");
    }

    @Test
    void costAsJsonHasTheRowItComesFrom() throws IOException {
        assertThat(run("m-1 --input 100 --output 10 --date 2026-11-30 --json")).isZero();

        JsonNode cost = new ObjectMapper().readTree(perf.out());
        assertThat(cost.at("/usd").decimalValue()).isEqualByComparingTo("0.00033");
        assertThat(cost.at("/regionalFactor").decimalValue()).isEqualByComparingTo("1.1");
        assertThat(cost.at("/lines/1/kind").asText()).isEqualTo("output");
        assertThat(cost.at("/lines/1/tokens").asLong()).isEqualTo(10);
        assertThat(cost.at("/lines/1/rate").asInt()).isEqualTo(10);
        assertThat(cost.at("/lines/1/usd").asDouble()).isEqualTo(0.0001);
        assertThat(cost.at("/price/source").asText()).isEqualTo("our contract");
        assertThat(cost.at("/price/checked").asText()).isEqualTo("2026-11-01");
    }

    /** The lines are this command's, the cost is the library's. */
    @Test
    void linesAddUpToTheCostOfTheLibraryForEveryRow() {
        PriceList prices = PriceList.bundled();
        LocalDate day = LocalDate.parse("2026-11-30");
        TokenUsage usage = new TokenUsage(900_000L, 70_001L, 30_003L, 5_009L, 2_003L, 11L);

        assertThat(prices.rows()).hasSizeGreaterThan(100).allSatisfy(row -> {
            CallCost cost = CallCost.of(prices, row.provider(), row.model().replace("*", ""), usage, day, false);
            assertThat(cost).isNotNull();
            BigDecimal sum = cost.lines().stream().map(CallCost.Line::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum.multiply(cost.regionalFactor())).isEqualByComparingTo(cost.usd());
        });
    }

    @Test
    void listHasEveryRowOfTheKitAndThoseOfTheFileBeforeThem() throws IOException {
        assertThat(run("--json")).isZero();
        assertThat(new ObjectMapper().readTree(perf.out()))
                .hasSize(PriceList.bundled().rows().size() + 4);

        PerfLine ofProvider = new PerfLine();
        assertThat(ofProvider.run("prices", "--provider", "acme", "--file", contract.toString()))
                .isZero();
        assertThat(ofProvider.out()).isEqualTo("""
                provider  model  input  output  cache read  cache write  write 1h  from tokens  valid from  checked     source
                acme      m-1*       4      20                                            1000              2026-11-01  our contract
                acme      m-1*       2      10         0.5          2.5                                     2026-11-01  our contract
                acme      twin       1       1                                                              2026-11-01  our contract
                US dollars per million tokens; prices: 3
                """);

        PerfLine ofModel = new PerfLine();
        assertThat(ofModel.run("prices", "gpt-4o-mini-2024-07-18")).isZero();
        assertThat(ofModel.out()).contains("openai    gpt-4o-mini*  ").endsWith("prices: 1\n");
    }

    @Test
    void listsAreComparedPriceByPrice() throws IOException {
        Path theirs = Files.writeString(folder.resolve("theirs.csv"), COLUMNS + """
                acme, m-1*, 2.00, 12, 0.5, 2.5, , 1.10, , 2026-11-20, their page
                acme, m-1*, 4, 20, , , 1000, , , 2026-11-20, their page
                acme, tvin, 1, 1, , , , , , 2026-11-20, their page
                """);
        Path ours = Files.writeString(
                folder.resolve("ours.csv"), Files.readString(contract).replaceAll("umbrella.*\n", ""));
        PriceComparison comparison = PriceComparison.of(PricesCommand.only(ours), PricesCommand.only(theirs));

        assertThat(comparison.same()).isEqualTo(1);
        assertThat(run("--compare " + theirs)).isEqualTo(85);
        assertThat(perf.out())
                .containsPattern("(?m)^differs +acme +m-1\\* +output +10 +12$")
                .containsPattern("(?m)^differs +acme +m-1\\* +batch factor +0.5$")
                .containsPattern("(?m)^only here +acme +twin +input, output +1, 1$")
                .containsPattern("(?m)^only here +umbrella +twin +input, output +2, 2$")
                .containsPattern("(?m)^only there +acme +tvin +input, output +1, 1 +twin$")
                .containsPattern("same: 1, figures that differ: 2, only here: \\d+, only there: 1\n$");
    }

    @Test
    void listThatIsTheSameDiffersInNothing() throws IOException {
        Path bundled = folder.resolve("bundled.csv");
        try (var in = PriceList.class.getResourceAsStream("prices.csv")) {
            Files.copy(in, bundled);
        }

        assertThat(perf.run("prices", "--compare", bundled.toString()))
                .as(perf.out())
                .isZero();
        assertThat(perf.out()).endsWith(", figures that differ: 0, only here: 0, only there: 0\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gpt-4o-mni                                  | No price for the model "gpt-4o-mni": did you mean gpt-4o-mini of openai?
            gpt-4o-mni --provider azure.ai.openai       | No price for the model "gpt-4o-mni" of "azure.ai.openai": did you mean gpt-4o-mini of openai?
            gpt-4o-mini --provider opnai                | No price for the model "gpt-4o-mini" of "opnai": did you mean openai?
            something-else                              | No price for the model "something-else": "llm-perf prices" lists what there is.
            twin                                        | The model "twin" is sold by acme, umbrella: name one of them with --provider.
            m-1 --input -3 --output 1                   | --input must be a number of tokens, 0 to 1000000000000, was -3.
            m-1 --input 3 --cache-read 2 --cache-write 2 | --cache-read and --cache-write must be at most --input, which is 3, was 4.
            m-1 --input 3 --cache-write-1h 2            | --cache-write-1h must be at most --cache-write, which is 0, was 2.
            m-1 --input 3 --output 1 --reasoning 2      | --reasoning must be at most --output, which is 1, was 2.
            m-1 --output 3                              | Give --input too: the length of the prompt chooses the price.
            m-1 --input 3                               | Give --output too: m-1 has a price for it.
            twin --provider acme --input 3 --output 1 --batch | No price for a call of a batch is known of the model "twin": leave out --batch.
            m-1 --batch                                 | With no tokens there must be no --batch.
            --input 3                                   | With no MODEL there must be no tokens and --batch.
            m-1 --compare other.csv                     | With a MODEL there must be no --compare.
            --provider nobody                           | No prices of the provider "nobody": use acme, anthropic,
            m-1 --date today                            | --date must be a date such as 2026-11-30, was "today".
            """)
    void badInputIsOneSentenceAndExits64(String line, String sentence) {
        assertThat(run(line)).isEqualTo(64);
        assertThat(perf.err()).startsWith(sentence).hasLineCount(1);
    }

    @Test
    void fileThatCannotBeReadIsOneSentenceThatNamesTheLine() throws IOException {
        Files.writeString(contract, COLUMNS + "acme, m-1*, two, 10, , , , , , 2026-11-01, our contract\n");
        Path missing = folder.resolve("missing.csv");

        assertThat(run("")).isEqualTo(66);
        assertThat(perf.err()).isEqualTo(contract + ":2: input must be a number, was \"two\".\n");
        PerfLine absent = new PerfLine();
        assertThat(absent.run("prices", "--compare", missing.toString())).isEqualTo(66);
        assertThat(absent.err()).isEqualTo("There is no file " + missing + ": name one with rows of prices.\n");
    }

    /** Runs the command with the file of the contract. */
    private int run(String line) {
        String whole = "prices --file " + contract + " " + line;
        return perf.run(whole.strip().split(" "));
    }
}
