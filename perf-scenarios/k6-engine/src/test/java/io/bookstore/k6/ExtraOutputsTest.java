package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleReader;
import io.bookstore.perf.metrics.SampleSink;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code K6_OUT}: csv and json files beside the samples. */
class ExtraOutputsTest {

    @Test
    void csvHasTheColumnsOfK6() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/18-checks.js")
                .processEnvironment("K6_OUT", "csv=samples.csv")
                .run();

        List<String> lines = Files.readAllLines(run.output().resolve("samples.csv"));
        assertThat(lines.get(0))
                .isEqualTo("metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,"
                        + "name,proto,scenario,service,status,subproto,tls_version,url,extra_tags,metadata");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).matches("checks,\\d{10},1\\.000000,a,,,,,,,,default,,,,,,,"))
                .anySatisfy(line -> assertThat(line).matches("checks,\\d{10},0\\.000000,thrown,,,,,,,,default,,,,,,,"));
        assertThat(lines).hasSize(1 + run.allSamples());
    }

    @Test
    void csvQuotesWhatNeedsItAndJoinsOwnTags() throws Exception {
        ScriptRun run = ScriptRun.of("behaviour/odd-tags.js")
                .processEnvironment("K6_OUT", "csv=samples.csv")
                .run();

        assertThat(run.output().resolve("samples.csv"))
                .content()
                .containsPattern("books,\\d{10},2\\.500000,,,,,,,,,default,,,,,,\"a=1,5&b=say \"\"hi\"\"\",\n");
    }

    @Test
    void csvHasTheMetadataInItsLastColumn() throws Exception {
        ScriptRun run = ScriptRun.of("behaviour/metadata.js")
                .processEnvironment("K6_OUT", "csv=samples.csv")
                .run();

        assertThat(run.output().resolve("samples.csv"))
                .content()
                .containsPattern("cc,\\d{10},1\\.000000,(,){8}default,,,,,,,a=1&trace_id=4bf9\n");
    }

    @Test
    void jsonMayBeCompressedAndStandBesideCsv() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/18-checks.js")
                .processEnvironment("K6_OUT", "json=all.json.gz, csv=all.csv")
                .run();

        List<String> metrics = new ArrayList<>();
        SampleReader reader = new SampleReader(new SampleSink() {
            @Override
            public void metric(Metric metric) {}

            @Override
            public void sample(Sample sample) {
                metrics.add(sample.metric());
            }
        });
        try (InputStream file =
                new GZIPInputStream(Files.newInputStream(run.output().resolve("all.json.gz")))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(reader::line);
        }
        assertThat(metrics).contains("checks", "iterations").hasSize(run.allSamples());
        assertThat(run.output().resolve("all.csv")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "influxdb=http://db | K6_OUT must be like 'csv=samples.csv' or 'json=samples.json.gz', was 'influxdb=http://db'; other outputs are those of k6 itself.",
                "csv | K6_OUT must be like 'csv=samples.csv' or 'json=samples.json.gz', was 'csv'; other outputs are those of k6 itself.",
                "csv=no/folder.csv | K6_OUT 'csv=no/folder.csv' cannot be written: OUTPUT/no/folder.csv."
            })
    void outputThatCannotBeIsRefusedBeforeAnythingRuns(String output, String sentence) throws Exception {
        ScriptRun run = ScriptRun.of("conformance/18-checks.js")
                .processEnvironment("K6_OUT", output)
                .run();

        assertThat(run.exitCode()).isEqualTo(255);
        assertThat(run.problem())
                .isEqualTo(sentence.replace("OUTPUT", run.output().toString()));
        assertThat(run.logged()).isEmpty();
    }
}
