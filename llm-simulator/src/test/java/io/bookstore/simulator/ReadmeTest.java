package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.journal.JournalJson;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.limit.Limits;
import io.bookstore.simulator.limit.Limits.OutputCounting;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.BehaviourJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples and lists of the README and of the pages in {@code docs}, against the code. */
class ReadmeTest {

    @Test
    void configurationIsOneThatIsAccepted() throws Exception {
        assertThat(blocks("json"))
                .hasSize(2)
                .allSatisfy(block -> assertThatCode(() -> BehaviourJson.read(block, Behaviour.defaults()))
                        .doesNotThrowAnyException());
        assertThat(matches("/admin/config -d '([^']+)'"))
                .isNotEmpty()
                .allSatisfy(body -> assertThatCode(() -> BehaviourJson.read(body, Behaviour.defaults()))
                        .doesNotThrowAnyException());
    }

    @Test
    void everyFaultAndEveryProfileIsListed() throws Exception {
        for (String fault : Fault.names().split(", ")) {
            assertThat(pages()).containsPattern("`" + Pattern.quote(fault.replaceAll("\\[.*", "")) + "(:[0-9]+)?`");
        }
        for (String profile : Profiles.names().split(", ")) {
            assertThat(pages()).contains("| `" + profile + "`");
        }
    }

    @Test
    void journalLineHasTheKeysOfARealOne() throws Exception {
        Limits limits =
                Limits.requestsPerMinute(50).withOutputTokensPerMinute(8_000).withCounting(OutputCounting.ACTUAL);
        try (SimulatorServer simulator = SimulatorServer.start(SimulatorConfig.defaults()
                .withPort(0)
                .withBehaviour(
                        Behaviour.defaults().withProfile(Profiles.named("zero")).withLimits(limits)))) {
            new RawHttp(simulator.baseUrl())
                    .post(
                            "/v1/chat/completions",
                            "{\"model\":\"gpt-4o\",\"stream\":true,"
                                    + "\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}");

            String real = JournalJson.line(simulator.journal().attempts().get(0));

            assertThat(blocks("jsonl"))
                    .singleElement()
                    .satisfies(line -> assertThat(keys(line)).isEqualTo(keys(real)));
        }
    }

    private static List<String> keys(String line) throws IOException {
        List<String> keys = new ArrayList<>();
        new ObjectMapper().readTree(line).fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void javaExamplesAreTheOneBelowAndTheTestsOfTheExtension() throws Exception {
        Path tests = Path.of("src/test/java/io/bookstore/simulator");
        String sources = withoutSpaces(Files.readString(tests.resolve("ReadmeTest.java"))
                + Files.readString(tests.resolve("junit/SummaryClientTest.java"))
                + Files.readString(tests.resolve("junit/WeatherAgentTest.java")));

        assertThat(blocks("java"))
                .hasSize(3)
                .allSatisfy(block -> assertThat(sources).contains(withoutSpaces(block)));
    }

    @Test
    void exampleWorks() {
        try (SimulatorServer simulator = SimulatorServer.start(
                SimulatorConfig.defaults().withPort(0).withProfile("fixed").withSeed(42))) {
            ChatModel model = OpenAiChatModel.builder()
                    .baseUrl(simulator.baseUrl() + "/v1")
                    .apiKey("none")
                    .modelName("gpt-4o-mini")
                    .build();
            model.chat("Summarize \"Emma\" by Jane Austen");
            simulator.journal().summary();
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return matches("(?s)```" + language + "\n(.*?)```");
    }

    private static List<String> matches(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(pages())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** The README and the pages that it links. */
    private static String pages() throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(Path.of("README.md")));
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            for (Path page : pages.sorted().toList()) {
                text.append(Files.readString(page));
            }
        }
        return text.toString();
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s", "");
    }
}
