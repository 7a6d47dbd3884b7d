package io.bookstore.perf.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The page on comparisons shows commands that run, and what they print. */
class ComparePageTest {

    private static final Path PAGE = Checkout.root().resolve("perf-scenarios/docs/compare.md");
    private static final double[] NOISE = {0.4, -0.3, 0.2, -0.5, 0.1, 0.3, -0.2, 0.0};

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @BeforeEach
    void makeEightPairsWithASlowerApplication() throws IOException {
        for (int pair = 0; pair < 8; pair++) {
            double noise = 1 + NOISE[pair] / 100;
            double more = 1 + 3 * NOISE[(pair + 3) % 8] / 100;
            write("before/" + pair, run(2 * pair, 2770 * noise, 3980 * noise, 80 * more, 215 * more));
            write("after/" + pair, run(2 * pair + 1, 2789, 4000, 99.2, 269));
        }
    }

    static Stream<String> commands() throws IOException {
        return Pattern.compile("(?m)^ {4}\\./llm-perf (compare .*)$")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandOfThePageRuns(String command) {
        int exitCode = perf.run(RecordedEngine.passing(), arguments(command));

        assertThat(perf.err()).isEmpty();
        assertThat(exitCode).isEqualTo(80);
    }

    @Test
    void outputOfThePageIsThatOfItsFirstCommand() throws IOException {
        perf.run(RecordedEngine.passing(), arguments(commands().findFirst().orElseThrow()));

        Matcher block = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        assertThat(perf.out().replace(folder.toString(), "reports")).isEqualTo(block.group(1));
    }

    @ParameterizedTest
    @CsvSource({"http_req_duration, http_req_failed", "llm_response_time, llm_errors", "crud_response_time, crud_errors"
    })
    void marginsAreThoseOfThePage(String time, String errors) throws IOException {
        for (int pair = 0; pair < 16; pair++) {
            SampleRun run = SampleRun.at(pair)
                    .metrics(
                            SampleRun.latency(time, 600, 2000, 4000 + pair),
                            SampleRun.failures(errors, 0, 600),
                            SampleRun.counter("iterations", 600),
                            SampleRun.counter("dropped_iterations", 1));
            if (time.startsWith("llm")) {
                run.metrics(
                        SampleRun.latency("llm_ttft", 600, 800, 1800),
                        SampleRun.latency("llm_app_overhead", 600, 80, 215),
                        SampleRun.counter("llm_operations", 600),
                        SampleRun.counter("llm_cost_usd", 1));
            }
            write((pair < 8 ? "a/" : "b/") + pair, run);
        }

        perf.run(
                RecordedEngine.passing(),
                "compare",
                folder.resolve("a").toString(),
                folder.resolve("b").toString());

        List<String> judged = perf.out()
                .lines()
                .filter(line -> line.startsWith("  ") && line.endsWith(" SAME"))
                .map(line -> line.strip().split(" {2,}"))
                .map(cells -> "| `%s` | %s |".formatted(cells[0], cells[4]))
                .toList();
        assertThat(judged).hasSizeGreaterThanOrEqualTo(4);
        assertThat(Files.readString(PAGE)).contains(judged);
    }

    @Test
    void everyOptionIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);

        CommandLine compare = Objects.requireNonNull(PerfCommand.commandLine(List.of(), new Interruption())
                .getSubcommands()
                .get("compare"));
        compare.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(option -> option.longestName())
                .filter(name -> !List.of("--help", "--version").contains(name))
                .forEach(name -> assertThat(page).contains(name));
    }

    @Test
    void makefileHasTheTargetOfTheReadme() throws IOException {
        assertThat(Checkout.root().resolve("perf-scenarios/README.md"))
                .content()
                .contains("make perf-compare A=reports/before B=reports/after");
        assertThat(Checkout.root().resolve("Makefile")).content().contains("\n\t$(PERF) compare $(A) $(B)\n");
    }

    private String[] arguments(String command) {
        return Arrays.stream(command.split(" "))
                .map(word -> word.replace("reports", folder.toString())
                        .replace("verdict.md", folder.resolve("verdict.md").toString()))
                .toArray(String[]::new);
    }

    private static SampleRun run(int minute, double p50, double p95, double own, double ownP95) {
        return SampleRun.at(minute)
                .metrics(
                        SampleRun.latency("llm_response_time", 600, p50, p95),
                        SampleRun.latency("llm_app_overhead", 600, own, ownP95),
                        SampleRun.latency("llm_provider_time", 600, p50 - own, p95 - own),
                        SampleRun.latency("llm_transport_time", 600, 1, 2),
                        SampleRun.failures("llm_errors", 4, 600));
    }

    private void write(String run, SampleRun result) throws IOException {
        Path into = Files.createDirectories(folder.resolve(run));
        SummaryFile.write(result.result(), into.resolve("summary.json"));
    }
}
