package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    Path folder;

    @Test
    void longLogIsCutToItsLastFortyLines() throws Exception {
        Path log = Files.writeString(folder.resolve("api.log"), lines(1, 100));

        String tail = LogTail.of(log);

        assertThat(tail).isEqualTo("the last 40 of 100 lines of " + log + ":\n" + lines(61, 100));
    }

    @Test
    void shortLogIsWhole() throws Exception {
        Path log = Files.writeString(folder.resolve("api.log"), lines(1, 2));

        assertThat(LogTail.of(log)).isEqualTo("the last 2 of 2 lines of " + log + ":\n" + lines(1, 2));
    }

    @Test
    void bytesThatAreNoTextDoNotHideTheRest() throws Exception {
        Path log = Files.write(folder.resolve("api.log"), "ok\n\u00ff".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(LogTail.of(log)).contains("ok");
    }

    @Test
    void missingLogIsNamed() {
        Path log = folder.resolve("none.log");

        assertThat(LogTail.of(log)).isEqualTo("no log at " + log + " (NoSuchFileException)");
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    }
}
