package io.bookstore.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bookstore.perf.testing.RecordedResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {

    @TempDir
    private Path folder;

    @Test
    void fullDiskIsAFailureToWriteAndNoDefectOfThePage() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a device that is always full (Linux)");
        Path report = Files.writeString(folder.resolve(HtmlReport.NAME), "of an earlier run");
        // What is written beside a file before it is moved there.
        Files.createSymbolicLink(folder.resolve(HtmlReport.NAME + ".part"), full);

        assertThatThrownBy(() -> HtmlReport.write(RecordedResults.crossed(folder), report))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left on device");

        assertThat(report).hasContent("of an earlier run");
    }
}
