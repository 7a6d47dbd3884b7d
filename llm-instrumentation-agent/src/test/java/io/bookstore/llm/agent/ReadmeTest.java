package io.bookstore.llm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The versions of the README are those that {@code AgentIT} runs with. */
class ReadmeTest {

    @Test
    void versionsAreThoseOfTheTests() throws Exception {
        String minor = property("../pom.xml", "langchain4j.version").replaceFirst("\\.\\d+$", "");

        assertThat(Path.of("README.md"))
                .content()
                .contains("| OpenTelemetry Java agent | " + property("pom.xml", "javaagent.version") + ";")
                .contains("| LangChain4j | " + minor + ",");
    }

    private static String property(String pom, String name) throws Exception {
        Matcher value = Pattern.compile("<" + name + ">([^<]+)<").matcher(Files.readString(Path.of(pom)));
        assertThat(value.find()).as("%s of %s", name, pom).isTrue();
        return value.group(1);
    }
}
