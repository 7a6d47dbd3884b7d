package io.bookstore.perf.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    private static final int TIMES = 2_000;

    @TempDir
    private Path folder;

    @Test
    void fileThatCannotBeCompletedLeavesTheOldOneAndNoHalf() throws IOException {
        Path file = Files.writeString(folder.resolve("summary.json"), "old");

        assertThatThrownBy(() -> WholeFile.write(file, beside -> {
                    Files.writeString(beside, "ha");
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");

        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**/*.part");
    }

    @Test
    void completeFileReplacesTheOldOne() throws IOException {
        Path file = Files.writeString(folder.resolve("summary.json"), "old");

        WholeFile.write(file, beside -> Files.writeString(beside, "new"));

        assertThat(folder.toFile().list()).containsExactly("summary.json");
        assertThat(file).hasContent("new");
    }

    @Test
    void readerMeetsAWholeFileAtEveryMoment() throws Exception {
        Path file = Files.writeString(folder.resolve("console.json"), "whole");

        AtomicInteger reads = new AtomicInteger();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> replaceWhileRead(file, reads));

        try {
            while (!writer.isDone()) {
                assertThat(Files.readString(file)).isEqualTo("whole");
                reads.incrementAndGet();
            }
        } finally {
            reads.set(TIMES);
        }
        writer.get();
    }

    private static void replaceWhileRead(Path file, AtomicInteger reads) {
        try {
            for (int i = 0; i < TIMES || reads.get() < TIMES; i++) {
                WholeFile.write(file, beside -> Files.writeString(beside, "whole"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
