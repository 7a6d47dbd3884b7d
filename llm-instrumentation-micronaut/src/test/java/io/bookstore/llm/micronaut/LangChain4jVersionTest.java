package io.bookstore.llm.micronaut;

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

/** Applications with a LangChain4j that is older than the library can measure, and without any. */
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
        assertThat(run("HostProgram", List.of(OLD))).isEqualTo("echo of EchoModel");

        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce(" WARN ")
                .contains("LangChain4j must be >= 1.13 for io.bookstore.llm.micronaut.EchoModel to be measured");
    }

    @Test
    void applicationWithoutLangChain4jHasTheTelemetryForItsOwnCalls() throws Exception {
        assertThat(run("BareHostProgram", List.of())).isEqualTo(true);

        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static Object run(String program, List<Path> langChain4j) throws Exception {
        try (URLClassLoader host = new URLClassLoader(classPath(langChain4j), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(host);
            return host.loadClass("io.bookstore.llm.micronaut." + program)
                    .getMethod("run")
                    .invoke(null);
        }
    }

    private static URL[] classPath(List<Path> langChain4j) throws Exception {
        List<URL> path = new ArrayList<>();
        for (Path jar : langChain4j) {
            path.add(jar.toUri().toURL());
        }
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!element.contains("langchain4j-")) {
                path.add(Path.of(element).toUri().toURL());
            }
        }
        return path.toArray(URL[]::new);
    }
}
