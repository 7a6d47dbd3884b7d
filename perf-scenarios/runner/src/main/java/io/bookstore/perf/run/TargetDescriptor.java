package io.bookstore.perf.run;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The part of a target descriptor that the runner needs: where the service is and how to ask whether it is ready. The scripts read
 * the rest, and check all of it.
 *
 * @param forScripts  the descriptor as scripts find it, whatever their working directory is
 * @param baseUrl     the descriptor's {@code baseUrl}, as it stands there
 * @param healthPath  path that answers 200 when the service is ready
 * @param paid        true if its answers cost money; null if the descriptor does not say
 * @param environment variables that the descriptor names as <code>${NAME}</code>
 */
public record TargetDescriptor(
        String forScripts,
        String baseUrl,
        String healthPath,
        @Nullable Boolean paid,
        Set<String> environment) {

    /** The service of this kit, which the runner can start itself. */
    public static final String OWN = "bookstore";

    private static final String SUFFIX = ".yml";
    private static final Pattern reference = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern secretFile = Pattern.compile("\\$\\{file:([^}]+)}");

    /**
     * Reads a descriptor, found as the scripts find it: a name means a file of {@code targets/}, anything with a slash or
     * a dot is a path.
     *
     * @throws PerfException if there is none, or it names no base URL
     */
    public static TargetDescriptor read(String target, Path scripts) {
        Path file = file(target, scripts);
        String source = source(file);
        Map<?, ?> keys = keys(file, source);
        if (!(keys.get("baseUrl") instanceof String baseUrl)) {
            throw new PerfException(ExitCode.USAGE, "The target descriptor " + file + " needs the key \"baseUrl\".");
        }
        Object paid = keys.get("paid");
        if (paid != null && !(paid instanceof Boolean)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "The key \"paid\" of the target descriptor " + file + " must be true or false, was \"" + paid
                            + "\".");
        }
        return new TargetDescriptor(
                isPath(target) ? file.toAbsolutePath().toString() : target,
                address(file, baseUrl),
                keys.get("health") instanceof Map<?, ?> health && health.get("path") instanceof String path
                        ? path
                        : "/",
                (Boolean) paid,
                reference.matcher(source).results().map(found -> found.group(1)).collect(Collectors.toSet()));
    }

    /**
     * Finds the file of a descriptor, as {@link #read} does.
     *
     * @throws PerfException if there is none
     */
    public static Path file(String target, Path scripts) {
        Path folder = scripts.resolve("targets");
        Path file = isPath(target) ? Path.of(target) : folder.resolve(target + SUFFIX);
        if (!Files.isRegularFile(file)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "TARGET \"" + target + "\" has no descriptor " + file + ": use " + String.join(", ", names(folder))
                            + ", or the path of a .yml file.");
        }
        return file;
    }

    /**
     * Reads everything that a descriptor says, with nothing put in for <code>${NAME}</code>.
     *
     * @throws PerfException if it cannot be read
     */
    public static Map<?, ?> keys(Path file) {
        return keys(file, source(file));
    }

    /**
     * Finds the data file that the items of a descriptor come from; empty if they come from elsewhere.
     *
     * @throws PerfException if the descriptor cannot be read
     */
    public static Optional<Path> dataFile(Path file) {
        return dataPath(file).map(file::resolveSibling);
    }

    /** Finds the path of that file as it stands in the descriptor. */
    public static Optional<String> dataPath(Path file) {
        return keys(file).get("items") instanceof Map<?, ?> items && items.get("file") instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }

    /**
     * Finds the paths that the descriptor names as <code>${file:PATH}</code>, sorted.
     *
     * @throws PerfException if it cannot be read
     */
    public static Set<String> secretFiles(Path file) {
        Set<String> paths = new TreeSet<>();
        addSecretFiles(keys(file), paths);
        return paths;
    }

    private static void addSecretFiles(@Nullable Object part, Set<String> paths) {
        if (part instanceof Map<?, ?> map) {
            map.values().forEach(each -> addSecretFiles(each, paths));
        } else if (part instanceof List<?> list) {
            list.forEach(each -> addSecretFiles(each, paths));
        } else if (part instanceof String text) {
            secretFile.matcher(text).results().map(found -> found.group(1)).forEach(paths::add);
        }
    }

    /** Returns whether that is the path of a file, and no name of one of the scripts' own. */
    public static boolean isPath(String target) {
        return target.contains("/") || target.contains(".");
    }

    /** The variables that the descriptor names, as far as the environment has them. */
    public Map<String, String> variablesIn(Map<String, String> process) {
        Map<String, String> known = new TreeMap<>(process);
        known.keySet().retainAll(environment);
        return known;
    }

    /** Headers as the scripts send them, with the variables in place of <code>${NAME}</code>; a variable that is not there is empty. */
    public static Map<String, String> filled(Map<String, String> headers, Map<String, String> variables) {
        Map<String, String> filled = new TreeMap<>();
        headers.forEach((header, text) -> filled.put(
                header,
                reference
                        .matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), "")))));
        return filled;
    }

    /** The remedy where nothing answers at the address of the service: a correction of what the address comes from. */
    public String correctionOf(URI service) {
        return baseUrl.replaceAll("/+$", "").equals(service.toString())
                ? "correct the baseUrl of the descriptor " + forScripts + ", or name another address with --base-url"
                : "correct BASE_URL";
    }

    /** Returns whether a run against this service costs money, as far as the descriptor knows: a service of others does. */
    public boolean costsMoneyUnlessItSaysOtherwise() {
        return paid == null ? !forScripts.equals(OWN) : paid;
    }

    static String source(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static Map<?, ?> keys(Path file, String source) {
        LoaderOptions options = new LoaderOptions();
        // As js-yaml of the scripts has it.
        options.setAllowDuplicateKeys(false);
        try {
            Object descriptor = new Yaml(new SafeConstructor(options)).load(source);
            return descriptor instanceof Map<?, ?> keys ? keys : Map.of();
        } catch (MarkedYAMLException e) {
            throw unreadable(file, "line %d: %s".formatted(e.getProblemMark().getLine() + 1, e.getProblem()));
        } catch (YAMLException e) {
            throw unreadable(file, e);
        }
    }

    private static String address(Path file, String baseUrl) {
        try {
            return URI.create(baseUrl).toString();
        } catch (IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    private static PerfException unreadable(Path file, Exception e) {
        return unreadable(file, firstLine(e));
    }

    private static PerfException unreadable(Path file, String problem) {
        return new PerfException(ExitCode.USAGE, "The target descriptor " + file + " cannot be read: " + problem + ".");
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
