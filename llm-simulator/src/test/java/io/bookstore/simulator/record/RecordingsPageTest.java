package io.bookstore.simulator.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.fit.FitCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The examples of {@code docs/recordings.md}, against the code. */
class RecordingsPageTest {

    private static final Map<String, Object> commands = Map.of(
            "record", new RecordCommand(),
            "replay", new ReplayCommand(),
            "drift", new DriftCommand(),
            "fit", new FitCommand());

    @Test
    void commandsAreThoseThatThereAre() throws Exception {
        List<String> lines = matches("(?m)^    java -jar llm-simulator/target/llm-simulator.jar (.+)$");

        assertThat(lines).hasSize(5).allSatisfy(line -> {
            List<String> words = new ArrayList<>(List.of(line.split(" ")));
            Object command = commands.get(words.remove(0));
            assertThat(command).isNotNull();
            new CommandLine(command).parseArgs(words.toArray(String[]::new));
        });
    }

    @Test
    void lineIsOneThatIsReadAndHasTheKeysOfAWrittenOne() throws Exception {
        JsonNode line =
                new ObjectMapper().readTree(matches("(?s)```ndjson\n(.*?)```").get(0));

        Recorded read = Recorded.read(line);

        assertThat(read.write()).hasToString(line.toString());
        assertThat(AnswerReading.of(read).text()).isEqualTo("A novel");
        assertThat(AnswerReading.of(read).textMs()).containsExactly(200.1);
    }

    @Test
    void fieldsThatDoNotCountAreListed() throws Exception {
        String page = page();

        assertThat(RequestForm.LEFT_OUT).allSatisfy(field -> assertThat(page).contains("`" + field + "`"));
    }

    @Test
    void comparisonIsWrittenAsThePageShows() throws Exception {
        String equal = "%d of 40 the same";
        Drift drift = new Drift(
                40,
                2,
                0,
                List.of(
                        new Drift.Row("status", "200", "200", 40, equal.formatted(40), false),
                        new Drift.Row("finish reason", "stop", "stop", 40, equal.formatted(40), false),
                        new Drift.Row(
                                "text", "", "", 40, equal.formatted(31) + ", similarity 1.00 in the median", false),
                        new Drift.Row("output tokens", "5", "5", 40, "+0 %", false),
                        new Drift.Row("first token, ms", "200", "300", 40, "+50 %", true),
                        new Drift.Row("chunk to chunk, ms", "20", "20", 40, "+0 %", false)));

        assertThat(matches("(?s)```text\n(.*?)```"))
                .containsExactly(DriftText.of(drift).replace(System.lineSeparator(), "\n"));
    }

    private static List<String> matches(String pattern) throws Exception {
        return Pattern.compile(pattern)
                .matcher(page())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String page() throws Exception {
        return Files.readString(Path.of("docs/recordings.md"));
    }
}
