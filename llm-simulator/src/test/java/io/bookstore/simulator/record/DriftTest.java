package io.bookstore.simulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DriftTest {

    private static final Answer plain = new Answer(200, "stop", "Emma is a novel", 200, 20);

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    /** An answer of two chunks of text. */
    private record Answer(int status, String finish, String text, double ttftMs, double paceMs) {

        private String line(int request) {
            String chunks = "{\"ms\":" + ttftMs + ",\"text\":" + event(text, "null") + "},{\"ms\":" + (ttftMs + paceMs)
                    + ",\"text\":" + event(".", "\\\"" + finish + "\\\"") + "}";
            return ReplayTest.text("{\"model\":\"m\",\"input\":" + request + "}", "completed", chunks)
                    .replace("\"headMs\":200", "\"headMs\":0")
                    .replace("\"durationMs\":421", "\"durationMs\":9000")
                    .replace("\"status\":200", "\"status\":" + status);
        }

        private static String event(String text, String finish) {
            return "\"data: {\\\"choices\\\":[{\\\"delta\\\":{\\\"content\\\":\\\"" + text
                    + "\\\"},\\\"finish_reason\\\":" + finish
                    + "}],\\\"usage\\\":{\\\"prompt_tokens\\\":9,\\\"completion_tokens\\\":5}}\\n\\n\"";
        }
    }

    @Test
    void sameAnswersAreNoDrift() {
        assertThat(text(drift(recording(6, plain), recording(6, plain)))).isEqualTo("""
                No drift in 6 pairs of equal requests.
                Measure                 first     second pairs
                status                    200        200     6   6 of 6 the same
                finish reason            stop       stop     6   6 of 6 the same
                text                                         6   6 of 6 the same, similarity 1.00 in the median
                output tokens               5          5     6   +0 %
                first token, ms           200        200     6   +0 %
                chunk to chunk, ms         20         20     6   +0 %
                """);
    }

    @Test
    void eachMeasureThatDiffersIsNamed() {
        Answer other = new Answer(200, "length", "Nothing at all in common", 300, 10);

        assertThat(text(drift(recording(6, plain), recording(6, other)))).isEqualTo("""
                Drift in finish reason, text, first token, chunk to chunk, in 6 pairs of equal requests.
                Measure                 first     second pairs
                status                    200        200     6   6 of 6 the same
                finish reason            stop     length     6   drift: 0 of 6 the same
                text                                         6   drift: 0 of 6 the same, similarity 0.00 in the median
                output tokens               5          5     6   +0 %
                first token, ms           200        300     6   drift: +50 %
                chunk to chunk, ms         20         10     6   drift: -50 %
                """);
    }

    @Test
    void fewPairsDoNotTellASlowerAnswerFromChance() {
        Drift drift = drift(recording(5, plain), recording(5, new Answer(200, "stop", "Emma is a novel", 400, 20)));

        assertThat(drift.found()).isFalse();
        assertThat(text(drift)).contains("5   +100 %, which 5 pairs cannot tell from chance");
    }

    @Test
    void answersWithoutAPartnerAreCounted() {
        Drift drift = drift(
                recording(8, plain),
                Stream.concat(
                                recording(6, plain).stream(),
                                Stream.of(plain.line(100), plain.line(1)).map(DriftTest::read))
                        .toList());

        assertThat(text(drift)).contains("Without a partner: 2 of the first recording, 2 of the second.");
    }

    @Test
    void statusThatDiffersIsDriftWhateverTheNumber() {
        Drift drift = drift(recording(1, plain), recording(1, new Answer(429, "stop", "Emma is a novel", 200, 20)));

        assertThat(drift.found()).isTrue();
        assertThat(text(drift)).startsWith("Drift in status, in 1 pair of equal requests.");
    }

    @Test
    void recordingsOfOtherRequestsAreRefused() {
        assertThatThrownBy(() -> drift(List.of(read(plain.line(1))), List.of(read(plain.line(2)))))
                .hasMessage("No request is in both recordings: record the same requests twice");
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 0.0625", "0, 6, 0.03125", "1, 8, 0.0703125", "3, 6, 1", "0, 0, 1"})
    void chanceIsThatOfTheSignTest(int rarer, int of, double chance) {
        assertThat(Drift.chance(rarer, of)).isCloseTo(chance, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"'', '', 1", "a, '', 0", "Emma is old, emma IS new, 0.6667", "a a b, a, 0.5"})
    void similarityIsTheShareOfWordsInCommon(String one, String other, double share) {
        assertThat(Drift.similarity(one, other)).isCloseTo(share, within(1e-4));
    }

    @Test
    void exitCodeTellsDriftFromNone() throws Exception {
        String first = file(plain);
        String same = file(plain);
        String other = file(new Answer(503, "stop", "Emma is a novel", 200, 20));

        assertThat(run(first, same)).isZero();
        assertThat(run(first, other)).isEqualTo(1);
        assertThat(run(first, folder.resolve("gone").toString())).isEqualTo(2);
        assertThat(run(first, same, "--tolerance", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--tolerance must be at least 0, was -1.0");
        assertThat(run(first, same, "--similarity", "2")).isEqualTo(2);
        assertThat(err.toString()).contains("--similarity must be from 0 to 1, was 2.0");
    }

    private int run(String... arguments) {
        return new CommandLine(new DriftCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    command.getErr().println(exception.getMessage());
                    return 2;
                })
                .execute(arguments);
    }

    private String file(Answer answer) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "calls", ".jsonl"), answer.line(1) + "\n")
                .toString();
    }

    private static Drift drift(List<Recorded> first, List<Recorded> second) {
        return Drift.of(first, second, 0.2, 0.5);
    }

    private static String text(Drift drift) {
        return DriftText.of(drift).replace(System.lineSeparator(), "\n");
    }

    private static List<Recorded> recording(int calls, Answer answer) {
        return IntStream.range(0, calls)
                .mapToObj(request -> read(answer.line(request)))
                .toList();
    }

    private static Recorded read(String line) {
        try {
            return Recorded.read(new ObjectMapper().readTree(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
