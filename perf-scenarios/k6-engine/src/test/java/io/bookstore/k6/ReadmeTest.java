package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Path PAGE = Path.of("README.md");

    @TempDir
    private Path project;

    @Test
    void programOfThePageRunsItsScript() throws Exception {
        // How fast it is on this machine is no matter of the page; a limit of minutes only a defect crosses.
        Files.writeString(project.resolve("orders.js"), block("js").replace("p(95)<500", "p(95)<120000"));
        Path source = Files.writeString(project.resolve("OrdersLoad.java"), block("java"));
        String classPath = System.getProperty("java.class.path");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-cp", classPath, "-d", "" + project, "" + source))
                .isZero();

        try (FixtureServer server = FixtureServer.start()) {
            Command.Result program = Command.java(256, "-cp", project + File.pathSeparator + classPath)
                    .and("OrdersLoad", server.baseUrl() + "/echo")
                    .in(project)
                    .run();

            assertThat(program.exitCode()).as(program.output()).isZero();
            assertThat(program.output()).contains("{count=10.0, rate=", "name=status is 200, passes=10, fails=0]");
        }
        assertThat(project.resolve("results/samples.jsonl.gz")).isNotEmptyFile();
        assertThat(project.resolve("results/k6-summary.json")).isNotEmptyFile();
    }

    private static String block(String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }
}
