package io.bookstore.perf.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.TestsOfAnother;
import io.bookstore.testing.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The page on JUnit is somebody else's project: what it shows is compiled and run, with nothing of ours but the jar. */
class JUnitPageTest {

    private static final Path PAGE = Path.of("docs/junit.md");

    @TempDir
    private Path project;

    @Test
    void testOfThePagePassesInAnotherProject() throws Exception {
        // How fast it is on this machine is no matter of the page; a limit of minutes only a defect crosses.
        write("src/test/k6/orders.js", block("js").replace("p(95)<500", "p(95)<120000"));
        Path source = write("src/test/java/com/example/orders/OrdersLoadTest.java", block("java"));
        String classPath = withoutTestClasses();

        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-cp", classPath, "-d", "" + project, "" + source))
                .isZero();

        Command.Result build = Command.java(256, "-Dperf.engine=embedded")
                .and("-cp", String.join(File.pathSeparator, project.toString(), testClasses(), classPath))
                .and(TestsOfAnother.class.getName(), "com.example.orders.OrdersLoadTest")
                .in(project)
                .run();

        assertThat(build.exitCode()).as(build.output()).isZero();
        assertThat(build.output()).containsPattern("ordersHoldTheirLimits\\(.*RunResult\\)\\] passed");
        assertThat(project.resolve("target/perf/OrdersLoadTest.ordersHoldTheirLimits/junit.xml"))
                .content()
                .contains("http_req_duration p(95)&lt;120000");
    }

    @Test
    void buildOfThePageRunsACommandThatExists() throws Exception {
        Document pom = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(block("xml", "<plugin>").getBytes()));
        NodeList arguments = pom.getElementsByTagName("argument");
        assertThat(arguments.item(0).getTextContent()).isEqualTo("-cp");
        assertThat(arguments.item(1).getTextContent()).isEqualTo(PerfCommand.class.getName());
        String script = write("src/test/k6/orders.js", block("js")).toString();

        String[] words = IntStream.range(2, arguments.getLength())
                .mapToObj(i -> arguments.item(i).getTextContent())
                .map(word -> word.replace("${orders.url}", "http://127.0.0.1:1"))
                .map(word -> word.equals("src/test/k6/orders.js") ? script : word)
                .toArray(String[]::new);
        PerfProcess perf = new PerfProcess();

        // Everything is understood up to the service, which is not there.
        assertThat(perf.run(new EmbeddedEngineOption(), words)).isEqualTo(69);
        assertThat(words).contains(script);
        assertThat(perf.err()).contains("Nothing answers at http://127.0.0.1:1");
    }

    private static String withoutTestClasses() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.equals(testClasses()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String testClasses() {
        return Path.of("target/test-classes").toAbsolutePath().toString();
    }

    private Path write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private static String block(String language) throws IOException {
        return block(language, "");
    }

    private static String block(String language, String start) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(" + start + ".*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }
}
