package io.bookstore.perf.cli.terminal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.results.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** The file in which a command of several runs leaves its answer, beside them. */
public final class AnswerFile {

    private static final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private AnswerFile() {}

    /**
     * Writes it.
     *
     * @param text what {@link Json} made of the answer
     * @throws PerfException if it cannot be written
     */
    public static void write(Path file, String text) {
        try {
            WholeFile.write(file, beside -> Files.writeString(beside, text + "\n"));
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot write " + file + " (" + e.getMessage() + "): name another folder with --out.");
        }
    }

    /**
     * Reads it; empty if there is none.
     *
     * @param whole   tells an answer that has all its members, for a file may lack any of them, whatever the types say
     * @param command the name of the command that wrote it
     * @throws PerfException if it is none that the command wrote
     */
    public static <T> Optional<T> read(Path file, Class<T> type, Predicate<T> whole, String command) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Optional<T> read =
                    Optional.ofNullable(json.readValue(file.toFile(), type)).filter(whole);
            if (read.isPresent()) {
                return read;
            }
        } catch (IOException broken) {
            // Falls through to the sentence below.
        }
        throw new PerfException(
                ExitCode.NO_INPUT,
                "Cannot read " + file + ": it must be as \"llm-perf " + command + "\" wrote it, with schemaVersion 1.");
    }
}
