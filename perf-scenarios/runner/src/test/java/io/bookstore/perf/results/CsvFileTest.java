package io.bookstore.perf.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.compare.SampleRun;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

    @TempDir
    Path folder;

    @Test
    void eachFigureOfEachMetricIsALineWithItsUnit() throws IOException {
        SampleRun run = SampleRun.at(0)
                .metrics(
                        SampleRun.latency("llm_ttft", 600, 250.5, 1e7),
                        SampleRun.failures("llm_errors", 6, 600),
                        SampleRun.counter("llm_cost_usd", 1.2),
                        new MetricSummary.Counter("data_sent", "data", 6e6, 1e5),
                        new MetricSummary.Gauge("vus", "default", 1, 0, 5));

        assertThat(lines(run)).first().isEqualTo("started,scenario,metric,statistic,unit,value");
        assertThat(lines(run))
                .contains(
                        "2026-11-23T10:00:00Z,ai-load,llm_ttft,count,samples,600",
                        "2026-11-23T10:00:00Z,ai-load,llm_ttft,p50,ms,250.5",
                        "2026-11-23T10:00:00Z,ai-load,llm_ttft,p95,ms,10000000",
                        "2026-11-23T10:00:00Z,ai-load,llm_errors,share,1,0.01",
                        "2026-11-23T10:00:00Z,ai-load,llm_errors,nonzero,samples,6",
                        "2026-11-23T10:00:00Z,ai-load,llm_cost_usd,sum,USD,1.2",
                        "2026-11-23T10:00:00Z,ai-load,llm_cost_usd,per_second,USD/s,0.02",
                        "2026-11-23T10:00:00Z,ai-load,data_sent,sum,B,6000000",
                        "2026-11-23T10:00:00Z,ai-load,vus,max,,5")
                .hasSize(1 + 8 + 3 + 2 + 2 + 3);
    }

    @Test
    void nameWithACommaOrAQuoteIsQuoted() throws IOException {
        SampleRun run = SampleRun.at(0).scenario("a \"b\", c").metrics(SampleRun.failures("r", 0, 1));

        assertThat(lines(run)).element(1).isEqualTo("2026-11-23T10:00:00Z,\"a \"\"b\"\", c\",r,share,1,0");
    }

    @Test
    void pageNamesEveryColumnStatisticAndUnit() throws IOException {
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/results.md"));
        SampleRun run = SampleRun.at(0)
                .summaries(600, 2000, 4000)
                .metrics(SampleRun.counter("llm_cost_usd", 1.2), new MetricSummary.Gauge("vus", "default", 1, 0, 5));

        List<String[]> fields =
                lines(run).stream().skip(1).map(line -> line.split(",")).toList();
        List<String> words = fields.stream()
                .flatMap(line -> List.of(line[3], line[4]).stream())
                .distinct()
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toList());
        words.addAll(CsvFile.COLUMNS);

        assertThat(words).allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
    }

    private List<String> lines(SampleRun run) throws IOException {
        Path file = folder.resolve("metrics.csv");
        CsvFile.write(run.result(), file);
        return Files.readAllLines(file);
    }
}
