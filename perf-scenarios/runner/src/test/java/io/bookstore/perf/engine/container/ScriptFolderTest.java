package io.bookstore.perf.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFolderTest {

    @TempDir
    Path folder;

    @Test
    void scriptAloneNeedsItsOwnFolder() throws IOException {
        Path script = file("a/script.js", "import http from 'k6/http';");

        assertThat(ScriptFolder.of(script)).isEqualTo(new ScriptFolder(folder.resolve("a"), Path.of("script.js")));
    }

    @Test
    void folderReachesUpToWhatImportsImport() throws IOException {
        // given
        Path script = file("k6/tests/deep/script.js", "import { x } from '../local.js';");
        file("k6/tests/local.js", "export const x = open(\"../data/books.json\");");
        file("k6/data/books.json", "[]");

        // then
        assertThat(ScriptFolder.of(script))
                .isEqualTo(new ScriptFolder(folder.resolve("k6"), Path.of("tests/deep/script.js")));
    }

    @Test
    void importsInACircleEnd() throws IOException {
        Path script = file("a.js", "import './b.js';");
        file("b.js", "import './a.js'; import './missing.js';");

        assertThat(ScriptFolder.of(script).root()).isEqualTo(folder);
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
