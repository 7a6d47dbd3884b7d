package io.bookstore.perf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of a script is that of all files which it may read. */
class ScriptFilesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeAScriptWithAModuleAndData() throws IOException {
        write("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tests/script.js", "lib/module.js", "data/books.json", "targets/mine.yml"})
    void changeOfAnyFileChangesTheHash(String changed) throws IOException {
        String before = hash("one");

        Files.writeString(folder.resolve("one").resolve(changed), " ", java.nio.file.StandardOpenOption.APPEND);

        assertThat(hash("one")).isNotEqualTo(before).matches("[0-9a-f]{12}");
    }

    @Test
    void anotherFolderWithEqualContentHasTheSameHash() throws IOException {
        write("two");

        assertThat(hash("two")).isEqualTo(hash("one"));
    }

    @Test
    void fileThatTheScriptCannotReadIsNoPartOfIt() throws IOException {
        String before = hash("one");

        Files.writeString(folder.resolve("one/lib/other.js"), "export const x = 1;");
        Files.writeString(folder.resolve("one/targets/samples.jsonl.gz"), "gigabytes");

        assertThat(hash("one")).isEqualTo(before);
    }

    @Test
    void scriptsOfTheKitReadTheirModulesLimitsAndTargets() throws IOException {
        Path scripts = Checkout.root().resolve("perf-scenarios/k6");

        assertThat(ScriptFiles.of(scripts.resolve("tests/ai-summary.js")).named())
                .contains(
                        scripts.resolve("tests/ai-summary.js"),
                        scripts.resolve("lib/client.js"),
                        scripts.resolve("thresholds.js"),
                        scripts.resolve("targets"));
    }

    private String hash(String copy) throws IOException {
        return ScriptFiles.of(folder.resolve(copy).resolve("tests/script.js")).contentHash();
    }

    private void write(String copy) throws IOException {
        write(copy, "tests/script.js", "import { x } from '../lib/module.js';");
        write(copy, "lib/module.js", "open('../data/books.json'); import.meta.resolve(`../targets/${name}.yml`);");
        write(copy, "data/books.json", "[]");
        write(copy, "targets/mine.yml", "name: mine");
    }

    private void write(String copy, String name, String content) throws IOException {
        Path file = folder.resolve(copy).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
