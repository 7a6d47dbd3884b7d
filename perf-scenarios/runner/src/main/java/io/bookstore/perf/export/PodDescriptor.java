package io.bookstore.perf.export;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.run.TargetDescriptor;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A descriptor of a service, which the pods find among the scripts.
 *
 * @param name        its file without suffix
 * @param text        the whole of it
 * @param variables   variables that it names, all of which the pods take from the Secret
 * @param secretFiles paths of <code>${file:PATH}</code> as they stand there, whose contents the pods take from the Secret
 * @param data        texts of the files that it reads, by their paths from it
 */
public record PodDescriptor(
        String name, String text, Set<String> variables, List<String> secretFiles, Map<String, String> data) {

    static final String FOLDER = "targets/";

    public PodDescriptor {
        variables = Set.copyOf(variables);
        secretFiles = List.copyOf(secretFiles);
        data = Map.copyOf(data);
    }

    /**
     * Reads the descriptor and its data file. No secret is read.
     *
     * @param name      its name among the scripts
     * @param variables the variables that it names
     * @throws PerfException if a file cannot be read, or pods would not find it by its path
     */
    public static PodDescriptor read(Path file, String name, Set<String> variables) {
        Lines lines = new Lines(file, text(file, file.toString()));
        List<String> secretFiles = List.copyOf(TargetDescriptor.secretFiles(file));
        for (String path : secretFiles) {
            if (!isAbsolute(path) && isOutside(path)) {
                throw lines.refusal(
                        "${file:" + path + "}",
                        "%s is not below the folder of the descriptor, where pods find files: move the secret there, or name it by"
                                + " an absolute path, which a pod gets as it is");
            }
        }
        Map<String, String> data = new TreeMap<>();
        TargetDescriptor.dataPath(file).ifPresent(path -> {
            if (isAbsolute(path) || isOutside(path)) {
                throw lines.refusal(
                        path,
                        "the data file %s is not below the folder of the descriptor, and pods get nothing else: move it"
                                + " there, and write its path from the descriptor");
            }
            data.put(normal(path), text(file.resolveSibling(path), "The data file " + file.resolveSibling(path)));
        });
        return new PodDescriptor(name, lines.text, variables, secretFiles, data);
    }

    String path() {
        return FOLDER + name + ".yml";
    }

    /** The paths below the scripts of those secret files that the descriptor names by a path from itself. */
    List<String> besideIt() {
        return secretFiles.stream()
                .filter(path -> !isAbsolute(path))
                .map(path -> FOLDER + normal(path))
                .distinct()
                .toList();
    }

    /** The other secret files. */
    List<String> absolute() {
        return secretFiles.stream().filter(PodDescriptor::isAbsolute).toList();
    }

    /** The key of a secret file in the Secret. */
    static String key(String path) {
        return ScriptBundle.key(isAbsolute(path) ? path.substring(1) : FOLDER + normal(path));
    }

    /** The text with the number of each line, for a refusal. */
    private record Lines(Path file, String text) {

        PerfException refusal(String found, String why) {
            List<String> all = text.lines().toList();
            int line = 1;
            while (line < all.size() && !all.get(line - 1).contains(found)) {
                line++;
            }
            return new PerfException(ExitCode.USAGE, file + ", line " + line + ": " + why.formatted(found) + ".");
        }
    }

    /** An absolute path is one of the pods, so it begins with a slash on any machine. */
    private static boolean isAbsolute(String path) {
        return path.startsWith("/");
    }

    private static boolean isOutside(String path) {
        return normal(path).isEmpty() || normal(path).matches("\\.\\.(/.*)?");
    }

    private static String normal(String path) {
        return Path.of(path).normalize().toString().replace('\\', '/');
    }

    private static String text(Path file, String what) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT, what + " is no UTF-8 text, which scripts read: save it as such.");
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT, what + " cannot be read (" + e.getMessage() + "): correct the path.");
        }
    }
}
