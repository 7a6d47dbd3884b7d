package io.bookstore.perf.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file beside its place and moves it there when it is complete, so that a reader meets the old one or the new at every
 * moment, and never a half or none.
 */
public final class WholeFile {

    private WholeFile() {}

    /**
     * Replaces {@code file} by what {@code content} writes.
     *
     * @throws IOException if it cannot be written; what was there before stays as it was
     */
    public static void write(Path file, Content content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            content.writeTo(beside);
            // REPLACE_EXISTING deletes the old file first, and a reader that comes in between finds none.
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Writes a complete file to a path that nobody reads yet. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path file) throws IOException;
    }
}
