package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** One jar for Spring AI 1.1, which it is compiled with, and 2.0; an older one is left unmeasured. */
@ResourceLock(Resources.SYSTEM_OUT)
class SpringAiVersionTest {

    private final PrintStream out = System.out;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ClassLoader own = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void keepOutput() {
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        Thread.currentThread().setContextClassLoader(own);
    }

    @Test
    void newestVersionIsMeasuredWithoutAWarning() throws Exception {
        assertThat(runWith("newest")).isEqualTo("echo echo content measured");

        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain(" WARN ");
    }

    @Test
    void versionThatIsTooOldLeavesTheBareModelsAndOneWarning() throws Exception {
        assertThat(runWith("old")).isEqualTo("echo echo hello bare");

        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce(" WARN ")
                .contains("Spring AI must be 1.1 or 2.0 for ")
                .contains("StructuredOutputChatOptions");
    }

    private static Object runWith(String springAi) throws Exception {
        try (URLClassLoader host = new URLClassLoader(classPath(springAi), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(host);
            return host.loadClass("io.bookstore.llm.spring.SpringAiHostProgram")
                    .getMethod("run")
                    .invoke(null);
        }
    }

    private static URL[] classPath(String springAi) throws Exception {
        List<URL> path = new ArrayList<>();
        try (Stream<Path> jars = Files.list(Path.of("target/spring-ai", springAi))) {
            for (Path jar : jars.toList()) {
                path.add(jar.toUri().toURL());
            }
        }
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!element.contains("spring-ai-")) {
                path.add(Path.of(element).toUri().toURL());
            }
        }
        return path.toArray(URL[]::new);
    }
}
