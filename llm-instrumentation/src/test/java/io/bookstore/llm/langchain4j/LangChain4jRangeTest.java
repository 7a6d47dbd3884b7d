package io.bookstore.llm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.OtherHost;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Hosts with other versions of LangChain4j than the library was built with: every call is answered as by the bare model. */
@ResourceLock(Resources.SYSTEM_OUT)
class LangChain4jRangeTest {

    private static final String ANSWERS = "hello you\nstreamed\n2\n";

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
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            run("1.0.1");
        } finally {
            System.setOut(out);
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce(" WARN ")
                .contains(
                        "LangChain4j must be >= 1.13 for io.bookstore.llm.langchain4j.LangChain4jProgram$Chat to be"
                                + " measured, this one has no dev.langchain4j.model.chat.ChatRequestOptions; the model stays unwrapped");
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
