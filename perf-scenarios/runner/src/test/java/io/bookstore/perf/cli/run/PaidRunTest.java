package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.EmptyService;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.perf.testing.StandInApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No run costs money without a person's consent, or more than it may. */
class PaidRunTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final EmptyService service = new EmptyService();

    private final PerfProcess perf = new PerfProcess();

    @Test
    void runThatCostsMoneyNeedsConsent() {
        try (StandInApi api = StandInApi.ofPaidProvider()) {
            RecordedEngine engine = RecordedEngine.passing();

            int exitCode = perf.run(
                    engine,
                    "run",
                    "ai-smoke",
                    "--base-url",
                    api.baseUrl().toString(),
                    "--out",
                    folder.resolve("results").toString());

            assertThat(exitCode).isEqualTo(77);
            assertThat(folder).isEmptyDirectory();
            assertThat(perf.err())
                    .startsWith("Nobody is here to agree to about $0.")
                    .hasLineCount(1);
            assertThat(perf.out())
                    .containsPattern(
                            "anthropic is not simulated: about 2\\d requests \\(planned: 3,\\d{3} tokens in, ");
            assertThat(engine.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 77", "paid: true, 77", "paid: false, 0"})
    void foreignServiceThatDoesNotSayWhetherItIsSimulatedIsAskedForUnlessItsDescriptorSaysThatItIsFree(
            String paid, int expected) throws IOException {
        Path descriptor = Files.writeString(
                folder.resolve("helpdesk.yml"),
                "name: helpdesk\nbaseUrl: " + service.baseUrl()
                        + "\noperations: { summary: { method: POST, path: /chat } }\n" + paid + "\n");

        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "-e",
                "TARGET=" + descriptor,
                "--out",
                folder.resolve("results").toString());

        assertThat(exitCode).as(perf.err()).isEqualTo(expected);
        assertThat(perf.out()
                        .contains(service.baseUrl()
                                + " does not say whether it is simulated (paid: false in its descriptor if it is):"
                                + " about 2"))
                .isEqualTo(expected == 77);
    }

    @Test
    void yesIsConsent() {
        try (StandInApi api = StandInApi.ofPaidProvider()) {
            int exitCode = perf.run(
                    RecordedEngine.passing(),
                    "run",
                    "ai-smoke",
                    "--yes",
                    "--base-url",
                    api.baseUrl().toString(),
                    "--out",
                    folder.toString());

            assertThat(exitCode).isZero();
            assertThat(perf.out()).contains("anthropic is not simulated");
        }
    }

    @Test
    void runThatCostsMoreThanItMayIsStoppedWithItsOwnExitCodeAndKeepsItsReport() {
        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--max-usd",
                "0.01",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(exitCode).isEqualTo(79);
        assertThat(perf.out())
                .containsPattern("Stopped at \\$0\\.01\\d\\d: --max-usd allows \\$0\\.01\\.")
                .contains("FAILED ai-smoke: stopped at its limit in dollars");
        assertThat(folder.resolve("report.html")).content().contains("The run did not go to its end");
    }

    @Test
    void limitOfNothingExits64() {
        int exitCode = perf.run(RecordedEngine.passing(), "run", "ai-smoke", "--max-usd", "0");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).contains("--max-usd must be more than 0, was 0.0.");
    }
}
