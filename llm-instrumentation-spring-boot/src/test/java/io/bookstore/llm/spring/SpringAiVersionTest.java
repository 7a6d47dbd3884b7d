package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.framework.OtherVersions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A single jar for Spring AI 1.1, which it is compiled with, and 2.0; an older one is left unmeasured. */
@ResourceLock(Resources.SYSTEM_OUT)
class SpringAiVersionTest {

    @RegisterExtension
    final OtherVersions host = new OtherVersions();

    @Test
    void newestVersionIsMeasuredWithoutAWarning() throws Exception {
        assertThat(runWith("newest")).isEqualTo("echo echo content measured");

        assertThat(host.printed()).doesNotContain(" WARN ");
    }

    @Test
    void versionThatIsTooOldLeavesTheBareModelsAndOneWarning() throws Exception {
        assertThat(runWith("old")).isEqualTo("echo echo hello bare");

        assertThat(host.printed())
                .containsOnlyOnce(" WARN ")
                .contains("Spring AI must be 1.1 or 2.0 for ")
                .contains("StructuredOutputChatOptions");
    }

    private @Nullable Object runWith(String springAi) throws Exception {
        try (Stream<Path> jars = Files.list(Path.of("target/spring-ai", springAi))) {
            return host.run("io.bookstore.llm.spring.SpringAiHostProgram", "spring-ai-", jars.toList());
        }
    }
}
