package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bookstore.k6.script.K6Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        assumeTrue(hasNode(), "skipped: no node on PATH");
        List<String> tests;
        try (Stream<Path> files = Files.list(Path.of("runner", "src", "test", "node"))) {
            tests = files.map(Path::toString).sorted().toList();
        }

        assertThat(tests).isNotEmpty();
        Output output =
                run(Stream.concat(Stream.of("node", "--test"), tests.stream()).toList());
        assertThat(output.exitCode()).as(output.text()).isZero();
    }

    @Test
    void typesFitThoseOfK6() throws Exception {
        assumeTrue(hasNode(), "skipped: no node on PATH");
        assumeTrue(
                Files.exists(compiler),
                "skipped: no TypeScript in perf-scenarios/node_modules, \"make check-scripts\" installs it");

        Output output = run(List.of("node", compiler.toString(), "--project", "tsconfig.json"));

        assertThat(output.exitCode()).as(output.text()).isZero();
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

    private static boolean hasNode() throws InterruptedException {
        try {
            return run(List.of("node", "--version")).exitCode() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static Output run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }

    private record Output(int exitCode, String text) {}
}
