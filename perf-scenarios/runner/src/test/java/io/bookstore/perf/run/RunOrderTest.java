package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.scenario.Conversation;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.testing.Checkout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hash by which two runs are known to have run the same, and the requests of an iteration. */
class RunOrderTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"TARGET", "RECORDING"})
    void fileThatAVariableNamesIsAPartOfTheScript(String variable) throws Exception {
        Path file = Files.writeString(folder.resolve("file.txt"), "one");
        String first = order(Map.of(variable, file.toString())).scriptHash();

        Files.writeString(file, "another");

        assertThat(order(Map.of(variable, file.toString())).scriptHash())
                .isNotNull()
                .isNotEqualTo(first);
    }

    @Test
    void recordingThatIsNotThereLeavesTheHashUnknown() {
        assertThat(order(Map.of("RECORDING", folder.resolve("none.txt").toString()))
                        .scriptHash())
                .isNull();
    }

    @Test
    void dataFileOfTheTargetIsAPartOfTheScript() throws Exception {
        Path data = Files.writeString(folder.resolve("books.csv"), "title\nEmma\n");
        Path target = Files.writeString(folder.resolve("orders.yml"), "items: { file: books.csv }\n");
        String first = order(Map.of("TARGET", target.toString())).scriptHash();

        Files.writeString(data, "title\nPersuasion\n");

        assertThat(order(Map.of("TARGET", target.toString())).scriptHash())
                .isNotNull()
                .isNotEqualTo(first);
        Files.delete(data);
        assertThat(order(Map.of("TARGET", target.toString())).scriptHash()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"no, 3, 3", "yes, 1, 4"})
    void scriptWithConversationsHasThoseOfTheTarget(String streamed, int leastTurns, int mostTurns) throws Exception {
        Path target = Files.writeString(folder.resolve("chat.yml"), """
                operations:
                  summary: { conversation: { turns: 3, followUps: ["And then?"] } }
                  streamedSummary: { conversation: { turns: [1, 4], followUps: ["And then?"] } }
                """);
        Map<String, String> env = Map.of("TARGET", target.toString(), "SUMMARY_STREAM", streamed, "SEED", "7");

        // "And then?" is 3 tokens, each of two messages 4.
        assertThat(order("tests/ai-summary.js", env).script().pace().conversation())
                .isEqualTo(new Conversation(leastTurns, mostTurns, List.of(11), new Pace.Pause(1, 3), 7));
        assertThat(order("scenarios/replay.js", env).script().pace().conversation())
                .isNull();
        assertThat(order("tests/ai-summary.js", Map.of()).script().pace().conversation())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SEED   | often
            TARGET | nothing.yml
            """)
    void conversationThatCannotBeReadIsLeftToTheScript(String variable, String value) {
        assertThat(order("tests/ai-summary.js", Map.of(variable, value))
                        .script()
                        .pace()
                        .conversation())
                .isNull();
    }

    @Test
    void targetThatOnlyStreamsHasTheConversationsOfItsStream() throws Exception {
        Path target = Files.writeString(folder.resolve("stream.yml"), """
                operations: { streamedSummary: { conversation: { turns: 4, followUps: ["And then?"] } } }
                """);

        assertThat(order("tests/ai-summary.js", Map.of("TARGET", target.toString()))
                        .script()
                        .pace()
                        .conversation())
                .extracting(Conversation::meanTurns)
                .isEqualTo(4.0);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, 'correct the baseUrl of the descriptor hub-services, or name another address with --base-url'",
        "http://orders:8080, correct BASE_URL"
    })
    void addressThatADescriptorOfTheKitHasIsCorrectedThere(URI service, String remedy) {
        assertThat(order("tests/ai-summary.js", Map.of("TARGET", "hub-services"))
                        .remedy(service))
                .isEqualTo(remedy);
    }

    private RunOrder order(Map<String, String> env) {
        return order("scenarios/replay.js", env);
    }

    private RunOrder order(String script, Map<String, String> env) {
        return new RunOrder(
                "replay",
                new RunOrder.Script(Checkout.scripts().resolve(script), env),
                new RunOrder.Service(URI.create("http://localhost:9"), folder, Map.of(), false),
                folder,
                RunOrder.Rules.OF_THE_SCRIPT);
    }
}
