package io.bookstore.perf.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFolderTest {

    @TempDir
    Path folder;

    @Test
    void scriptAloneNeedsItsOwnFolder() throws IOException {
        Path script = file("a/script.js", "import http from 'k6/http';");

        assertThat(ScriptFolder.of(script))
                .isEqualTo(new ScriptFolder(folder.resolve("a"), Path.of("script.js"), Set.of()));
    }

    @Test
    void folderReachesUpToWhatImportsImport() throws IOException {
        // given
        Path script = file("k6/tests/deep/script.js", "import { x } from '../local.js';");
        file("k6/tests/local.js", "export const x = open(\"../data/books.json\");");
        file("k6/data/books.json", "[]");

        // then
        assertThat(ScriptFolder.of(script))
                .isEqualTo(new ScriptFolder(folder.resolve("k6"), Path.of("tests/deep/script.js"), Set.of()));
    }

    @Test
    void importsInACircleEnd() throws IOException {
        Path script = file("a.js", "import './b.js';");
        file("b.js", "import './a.js'; import './missing.js';");

        assertThat(ScriptFolder.of(script).root()).isEqualTo(folder);
    }

    @Test
    void variablesOfTheProcessThatTheFilesReadGoAlongAndNoOthers() throws IOException {
        // given
        Path script = file("a.js", "import './b.js'; const user = __ENV.USER_NAME || 'x';");
        file("b.js", "const key = __ENV['API_KEY']; const far = globalThis.__ENV?.DEEP;");

        // then
        assertThat(ScriptFolder.of(script)
                        .variablesFrom(Map.of(
                                "USER_NAME", "me", "API_KEY", "secret", "DEEP", "1", "PATH", "/bin", "KEY", "2")))
                .containsExactly(entry("API_KEY", "secret"), entry("DEEP", "1"), entry("USER_NAME", "me"));
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
