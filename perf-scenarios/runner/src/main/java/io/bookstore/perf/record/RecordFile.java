package io.bookstore.perf.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.bookstore.perf.metrics.SampleFile;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code requests.jsonl.gz}: a record a line. A file that cannot be written ends there, and the run goes on. */
final class RecordFile implements Closeable {

    private static final JsonMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_EMPTY)
            .build();
    private static final ObjectWriter json = mapper.writer();
    private static final ObjectReader reader = mapper.readerFor(RequestRecord.class);

    private final OutputStream out;
    private @Nullable IOException problem;

    RecordFile(Path file) throws IOException {
        this.out = SampleFile.compressed(file);
    }

    /**
     * Reads each record of a file in its order; the last line of a file that was cut short is left out.
     *
     * @throws IOException if another line is no record
     */
    static void read(Path file, Consumer<RequestRecord> records) throws IOException {
        try (BufferedReader lines = SampleFile.lines(file)) {
            String line = lines.readLine();
            while (line != null) {
                String next = lines.readLine();
                RequestRecord record = record(line, next == null);
                if (record != null) {
                    records.accept(record);
                }
                line = next;
            }
        }
    }

    private static @Nullable RequestRecord record(String line, boolean last) throws IOException {
        try {
            return reader.readValue(line);
        } catch (JsonProcessingException e) {
            if (last) {
                return null;
            }
            throw e;
        }
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
