package io.bookstore.perf.baseline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.results.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of baselines: one folder each, with its runs and {@code baseline.json}, which is written once all runs are there.
 * Nothing in here is ever removed or replaced.
 */
public final class Baselines {

    private static final String FILE = "baseline.json";
    private static final Pattern name = Pattern.compile("\\w[\\w.-]*");

    private static final ObjectMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;

    public Baselines(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder of a baseline, whether it is recorded or not.
     *
     * @throws PerfException if that is no name
     */
    public Path folder(String wanted) {
        if (!name.matcher(wanted).matches()) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "The name of a baseline must have letters, digits, dots, dashes and underscores alone, was \""
                            + wanted + "\".");
        }
        return folder.resolve(wanted);
    }

    /** @throws PerfException if there is a baseline of that name */
    public void requireFree(String wanted) {
        Path file = folder(wanted).resolve(FILE);
        if (Files.exists(file)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "There is a baseline \"" + wanted + "\" already: choose another name, or remove " + folder(wanted)
                            + " yourself.");
        }
    }

    /** Writes the facts of a baseline beside its runs. */
    public void save(Baseline baseline) {
        Path file = folder(baseline.name()).resolve(FILE);
        try {
            WholeFile.write(file, beside -> json.writeValue(beside.toFile(), baseline));
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot write " + file + " (" + e.getMessage() + "): name another folder with --baselines.");
        }
    }

    /** @throws PerfException if there is none of that name, or it cannot be read */
    public Baseline read(String wanted) {
        Path file = folder(wanted).resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "There is no baseline \"" + wanted + "\" in " + folder + ": "
                            + (names().isEmpty() ? "it has none" : "it has " + String.join(", ", names()))
                            + "; record it with \"llm-perf baseline record " + wanted + " SCENARIO\".");
        }
        try {
            Baseline baseline = json.readValue(file.toFile(), Baseline.class);
            if (baseline.schemaVersion() == Baseline.SCHEMA_VERSION) {
                return baseline;
            }
            throw new IOException(
                    "its schemaVersion is " + baseline.schemaVersion() + ", not " + Baseline.SCHEMA_VERSION);
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot read " + file + " (" + firstLine(e)
                            + "): it must be as \"llm-perf baseline record\" wrote it.");
        }
    }

    /** The names of all baselines, sorted; none if there is no such folder. */
    public List<String> names() {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(each -> Files.isRegularFile(each.resolve(FILE)))
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException noFolder) {
            return List.of();
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("empty");
    }
}
