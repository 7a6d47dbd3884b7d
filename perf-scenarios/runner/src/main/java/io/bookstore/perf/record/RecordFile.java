package io.bookstore.perf.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.bookstore.perf.metrics.SampleFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code requests.jsonl.gz}: a record a line. A file that cannot be written ends there, and the run goes on. */
final class RecordFile implements Closeable {

    private static final ObjectWriter json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_EMPTY)
            .build()
            .writer();

    private final OutputStream out;
    private @Nullable IOException problem;

    RecordFile(Path file) throws IOException {
        this.out = SampleFile.compressed(file);
    }

    void write(RequestRecord request) {
        if (problem != null) {
            return;
        }
        try {
            out.write(json.writeValueAsBytes(request));
            out.write('\n');
        } catch (IOException e) {
            problem = e;
        }
    }

    /** @throws IOException what ended the file early, or ends it now */
    @Override
    public void close() throws IOException {
        out.close();
        if (problem != null) {
            throw problem;
        }
    }
}
