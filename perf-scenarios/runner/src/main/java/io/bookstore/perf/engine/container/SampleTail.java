package io.bookstore.perf.engine.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** The end of a finished samples file. */
record SampleTail(Path file) {

    void readFrom(long offset, Consumer<byte[]> pieces) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] buffer = new byte[64 * 1024];
        try (InputStream stream = Files.newInputStream(file)) {
            stream.skipNBytes(Math.min(offset, Files.size(file)));
            for (int read = stream.read(buffer); read > 0; read = stream.read(buffer)) {
                pieces.accept(Arrays.copyOf(buffer, read));
            }
        }
    }
}
