package io.bookstore.llm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.OtherHost;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts with other versions of LangChain4j than the library was built with: every call is answered as by the bare model. */
@ResourceLock(Resources.SYSTEM_OUT)
class LangChain4jRangeTest {

    private static final String ANSWERS = "hello you\nstreamed\n2\n";
    private static final String ANSWERS_OF_AGENTS = "three\nthree\n";
    private static final String SPANS_OF_AGENTS = """
            invoke_agent Keeper
              retrieval
              chat m
              execute_tool count
              chat m
            invoke_agent StreamingKeeper
              chat m
              execute_tool count
              chat m
            """;

    @Test
    void newestVersionIsMeasured() throws Exception {
        assertThat(run("1.20.0")).isEqualTo(ANSWERS + ANSWERS + spans("chat m", "chat m", "embeddings e"));
    }

    @Test
    void modelsOfChatsAreMeasuredFromTheOldestVersionOnAndOthersWorkUnwrapped() throws Exception {
        assertThat(run("1.13.0")).isEqualTo(ANSWERS + ANSWERS + spans("chat m", "chat m"));
    }

    @Test
    void modelsOfAVersionThatIsTooOldWorkUnwrapped() throws Exception {
        assertThat(run("1.0.1")).isEqualTo(ANSWERS + ANSWERS);
    }

    @Test
    void versionThatIsTooOldIsToldOnceWithItsRemedy() throws Exception {
        String said = said(() -> run("1.0.1"));

        assertThat(said)
                .containsOnlyOnce(" WARN ")
                .contains(
                        "LangChain4j must be >= 1.13 for io.bookstore.llm.langchain4j.LangChain4jProgram$Chat to be"
                                + " measured, this one has no dev.langchain4j.model.chat.ChatRequestOptions; the model stays unwrapped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.14.1", "1.19.0"})
    void agentsAreMeasuredWithTheOldestAndTheNewestVersionOfAiServices(String version) throws Exception {
        assertThat(runAgents(version)).isEqualTo(ANSWERS_OF_AGENTS + SPANS_OF_AGENTS);
    }

    @Test
    void aiServicesOfAVersionThatIsTooOldWorkUnwrappedAndThatIsToldWithItsRemedy() throws Exception {
        StringBuilder answers = new StringBuilder();

        String said = said(() -> answers.append(runAgents("1.13.0")));

        assertThat(answers).hasToString(ANSWERS_OF_AGENTS);
        assertThat(said)
                .containsOnlyOnce(" WARN ")
                .contains(
                        "LangChain4j must be >= 1.14 for io.bookstore.llm.langchain4j.AgentProgram$Keeper to be measured,"
                                + " this one has no 'java.util.List dev.langchain4j.service.tool.ToolProviderResult.aiServiceTools()';"
                                + " the AI service stays unwrapped");
    }

    private static String said(Callable<?> program) throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            program.call();
        } finally {
            System.setOut(out);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private static String runAgents(String version) throws Exception {
        Path jars = Path.of("target/langchain4j");
        return OtherHost.with(jars.resolve("langchain4j-core-" + version + ".jar"), "langchain4j-core")
                .and(jars.resolve("langchain4j-" + version + ".jar"), "/langchain4j-1.18")
                .run("io.bookstore.llm.langchain4j.AgentProgram");
    }

    private static String run(String version) throws Exception {
        Path jar = Path.of("target/langchain4j", "langchain4j-core-" + version + ".jar");
        return OtherHost.with(jar, "langchain4j-core").run("io.bookstore.llm.langchain4j.LangChain4jProgram");
    }

    private static String spans(String... names) {
        String once = String.join("\n", names) + "\n";
        return once + once;
    }
}
