package io.bookstore.perf.run;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What the runner needs of a target descriptor: where the service is. The scripts read the rest, and check all of it.
 *
 * @param forScripts how the scripts find the same file, whatever their working directory is
 * @param baseUrl    the descriptor's {@code baseUrl}, as it stands there
 */
public record TargetDescriptor(String forScripts, String baseUrl) {

    /** The service of this kit, which the runner can start itself. */
    public static final String OWN = "bookstore";

    private static final String SUFFIX = ".yml";

    /**
     * Reads a descriptor, found as the scripts find it: a name means a file of {@code targets/}, anything with a slash or
     * a dot is a path.
     *
     * @throws PerfException if there is none, or it names no base URL
     */
    public static TargetDescriptor read(String target, Path scripts) {
        Path folder = scripts.resolve("targets");
        boolean isPath = target.contains("/") || target.contains(".");
        Path file = isPath ? Path.of(target) : folder.resolve(target + SUFFIX);
        if (!Files.isRegularFile(file)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "TARGET \"" + target + "\" has no descriptor " + file + ": use " + String.join(", ", names(folder))
                            + ", or the path of a .yml file.");
        }
        return new TargetDescriptor(isPath ? file.toAbsolutePath().toString() : target, baseUrl(file));
    }

    private static String baseUrl(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Object descriptor = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            if (descriptor instanceof Map<?, ?> keys && keys.get("baseUrl") instanceof String baseUrl) {
                return URI.create(baseUrl).toString();
            }
            throw new PerfException(ExitCode.USAGE, "The target descriptor " + file + " needs the key \"baseUrl\".");
        } catch (IOException | YAMLException | IllegalArgumentException e) {
            throw new PerfException(
                    ExitCode.USAGE, "The target descriptor " + file + " cannot be read: " + firstLine(e) + ".");
        }
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException noFolder) {
            return List.of(OWN);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
