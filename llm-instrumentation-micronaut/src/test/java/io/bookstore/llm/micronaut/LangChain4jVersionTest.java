package io.bookstore.llm.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.framework.OtherVersions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Applications with a LangChain4j that is older than the library can measure, and without any. */
@ResourceLock(Resources.SYSTEM_OUT)
class LangChain4jVersionTest {

    private static final Path OLD = Path.of("target/langchain4j/langchain4j-core-1.11.0.jar");

    @RegisterExtension
    final OtherVersions host = new OtherVersions();

    @Test
    void versionThatIsTooOldLeavesTheBareModelAndOneWarning() throws Exception {
        assertThat(host.run("io.bookstore.llm.micronaut.HostProgram", "langchain4j-", List.of(OLD)))
                .isEqualTo("echo of EchoModel");

        assertThat(host.printed())
                .containsOnlyOnce(" WARN ")
                .contains("LangChain4j must be >= 1.13 for io.bookstore.testing.framework.EchoModel to be measured");
    }

    @Test
    void applicationWithoutLangChain4jHasTheTelemetryForItsOwnCalls() throws Exception {
        assertThat(host.run("io.bookstore.llm.micronaut.BareHostProgram", "langchain4j-", List.of()))
                .isEqualTo(true);

        assertThat(host.printed()).isEmpty();
    }
}
