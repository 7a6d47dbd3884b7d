package io.bookstore.perf.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceJvmTest {

    @Test
    void startedServiceHasTheFlagsOfMakeRun() throws Exception {
        assertThat(Files.readString(Path.of("../Makefile")))
                .contains("API_JVM := " + String.join(" ", ServiceJvm.flags(List.of())) + "\n");
    }

    @Test
    void flagsOfTheEnvironmentWin() {
        List<String> given =
                JvmMatter.flagsOf(Map.of("JAVA_TOOL_OPTIONS", " -Xmx1g  -Da=b", "JDK_JAVA_OPTIONS", "-XX:+UseZGC"));

        assertThat(given).containsExactly("-XX:+UseZGC", "-Xmx1g", "-Da=b");
        assertThat(ServiceJvm.flags(given)).isEmpty();
    }
}
