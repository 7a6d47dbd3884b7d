package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bookstore.k6.script.K6Language;
import io.bookstore.testing.Command;
import io.bookstore.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests, type check and language check of the k6 scripts; {@code make check-scripts} installs TypeScript. */
class ScriptsCheckTest {

    private static final Path compiler = Path.of("node_modules", "typescript", "bin", "tsc");

    @Test
    void logicWithoutK6IsTested() throws Exception {
        Program node = Program.orSkip("node", "nodejs");
        List<String> tests;
        try (Stream<Path> files = Files.list(Path.of("runner", "src", "test", "node"))) {
            tests = files.map(Path::toString).sorted().toList();
        }

        assertThat(tests).isNotEmpty();
        Command.Result result = node.command("--test").and(tests).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void typesFitThoseOfK6() throws Exception {
        Program node = Program.orSkip("node", "nodejs");
        assumeTrue(
                Files.exists(compiler),
                "skipped: no TypeScript in perf-scenarios/node_modules, \"make check-scripts\" installs it");

        Command.Result result =
                node.command(compiler.toString(), "--project", "tsconfig.json").run();

        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void scriptsUseNothingThatK6sJavaScriptLacks() throws IOException {
        List<String> findings = new ArrayList<>();
        for (String folder : List.of("k6", "k6-engine/src/test/resources/k6/conformance")) {
            for (Path script : scripts(Path.of(folder))) {
                K6Language.findings(Files.readString(script)).stream()
                        .map(finding -> script + ":" + finding.sentence())
                        .forEach(findings::add);
            }
        }

        assertThat(findings).isEmpty();
    }

    private static List<Path> scripts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> scripts = files.filter(file -> file.toString().endsWith(".js"))
                    .sorted()
                    .toList();
            assertThat(scripts).isNotEmpty();
            return scripts;
        }
    }
}
