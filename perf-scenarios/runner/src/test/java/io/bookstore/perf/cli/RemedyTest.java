package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The remedy that {@code run} and {@code doctor} name where no service can be loaded. */
class RemedyTest {

    private static final ClosedPort closedPort = new ClosedPort();

    private static final String OF_THE_DESCRIPTOR =
            "correct the baseUrl of the descriptor FOLDER/helpdesk.yml, or name another address with --base-url.";

    @TempDir
    private Path folder;

    private final PerfProcess perf = new PerfProcess();
    private Path jar = Path.of("");

    @BeforeEach
    void nameJar() {
        jar = folder.resolve("bookstore-api/target/bookstore-api.jar");
    }

    @Test
    void runInAKitWithoutTheApiSaysWhatItCanLoadInstead() {
        int exitCode = run("--api-jar", jar.toString());

        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.err())
                .isEqualTo("The BookStore API is not at " + jar
                        + ", for it is no part of this kit: set TARGET to the descriptor of"
                        + " your service, or name a running BookStore API with --base-url.\n");
    }

    @Test
    void doctorInAKitWithoutTheApiDoesNotSayToBuildIt() {
        assertThat(findings())
                .contains(Finding.bad(
                        "api",
                        "not at " + jar
                                + ", for it is no part of this kit: set TARGET to a descriptor, or --base-url for a running"
                                + " BookStore API"));
    }

    @Test
    void apiThatIsNotBuiltYetIsToBeBuilt() throws IOException {
        Files.createDirectories(folder.resolve("bookstore-api"));

        assertThat(findings())
                .contains(Finding.bad("api", "not at " + jar + ": mvn package, or --base-url for a running service"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | " + OF_THE_DESCRIPTOR, "http://127.0.0.1:1 | correct BASE_URL."})
    void runSaysWhereAnAddressAtWhichNothingAnswersStands(String given, String remedy) throws IOException {
        int exitCode = run("--base-url", given, "-e", "TARGET=" + descriptor());

        assertThat(exitCode).isEqualTo(69);
        assertThat(perf.err())
                .isEqualTo("Nothing answers at " + (given.isEmpty() ? closedPort.url() : given)
                        + ": start the service there, or " + here(remedy) + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | " + OF_THE_DESCRIPTOR, "http://127.0.0.1:1 | correct BASE_URL."})
    void doctorSaysWhereAnAddressAtWhichNothingAnswersStands(String given, String remedy) throws IOException {
        perf.run(RecordedEngine.passing(), "doctor", "--base-url", given, "--target", descriptor());

        assertThat(perf.out()).contains(" is not ready: nothing answers, start it or " + here(remedy) + "\n");
    }

    private int run(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "ai-smoke", "--out", folder.resolve("results").toString()));
        arguments.addAll(List.of(options));
        return perf.run(RecordedEngine.passing(), arguments.toArray(String[]::new));
    }

    private List<Finding> findings() {
        return new Checkup(List.of(RecordedEngine.passing()), Map.of("BOOKSTORE_API_JAR", jar.toString()))
                .withStartedApi("auto", "--engine", 0);
    }

    private String descriptor() throws IOException {
        return Files.writeString(
                        folder.resolve("helpdesk.yml"),
                        "name: helpdesk\nbaseUrl: " + closedPort.url() + "/\noperations: {}\n")
                .toString();
    }

    private String here(String sentence) {
        return sentence.replace("FOLDER", folder.toString());
    }
}
