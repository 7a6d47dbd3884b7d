package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.framework.OtherVersions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** LangChain4j 1.11, which its starters bring, is older than the library can measure. */
@ResourceLock(Resources.SYSTEM_OUT)
class LangChain4jVersionTest {

    private static final Path OLD = Path.of("target/langchain4j/langchain4j-core-1.11.0.jar");

    @RegisterExtension
    final OtherVersions host = new OtherVersions();

    @Test
    void versionThatIsTooOldLeavesTheBareModelAndOneWarning() throws Exception {
        assertThat(host.run("io.bookstore.llm.spring.OldHostProgram", "langchain4j-core", List.of(OLD)))
                .isEqualTo("echo of EchoModel");

        assertThat(host.printed())
                .containsOnlyOnce(" WARN ")
                .contains("LangChain4j must be >= 1.13 for io.bookstore.testing.framework.EchoModel to be measured");
    }
}
