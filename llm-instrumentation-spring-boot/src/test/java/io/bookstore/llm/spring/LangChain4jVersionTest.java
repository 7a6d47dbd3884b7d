package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** LangChain4j 1.11, which its starters bring, is older than the library can measure. */
@ResourceLock(Resources.SYSTEM_OUT)
class LangChain4jVersionTest {

    private static final Path OLD = Path.of("target/langchain4j/langchain4j-core-1.11.0.jar");

    private final PrintStream out = System.out;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ClassLoader own = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void keepWhatIsSaid() {
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        Thread.currentThread().setContextClassLoader(own);
    }

    @Test
    void versionThatIsTooOldLeavesTheBareModelAndOneWarning() throws Exception {
        try (URLClassLoader host = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(host);

            assertThat(host.loadClass("io.bookstore.llm.spring.OldHostProgram")
                            .getMethod("run")
                            .invoke(null))
                    .isEqualTo("echo of EchoModel");
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce(" WARN ")
                .contains("LangChain4j must be >= 1.13 for io.bookstore.llm.spring.EchoModel to be measured");
    }

    private static URL[] classPath() throws Exception {
        List<URL> path = new ArrayList<>();
        path.add(OLD.toUri().toURL());
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!element.contains("langchain4j-core")) {
                path.add(Path.of(element).toUri().toURL());
            }
        }
        return path.toArray(URL[]::new);
    }
}
