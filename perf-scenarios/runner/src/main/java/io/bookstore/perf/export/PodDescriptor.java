package io.bookstore.perf.export;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.run.TargetDescriptor;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A descriptor of a service, which the pods find among the scripts.
 *
 * @param file        the file of it
 * @param name        its name among the scripts, without suffix
 * @param text        the whole of it
 * @param variables   variables that it names, all of which the pods take from the Secret
 * @param secretFiles paths of <code>${file:PATH}</code>, one for each file, whose contents the pods take from the Secret
 * @param data        texts of the files that it reads, by their paths from it
 */
public record PodDescriptor(
        Path file,
        String name,
        String text,
        Set<String> variables,
        List<String> secretFiles,
        Map<String, String> data) {

    static final String FOLDER = "targets/";

    /** The remedy for user and password in an address. */
    static final String SEND_AS_HEADER =
            "send them as a header Authorization of the descriptor, with ${NAME} or ${file:PATH}";

    private static final Pattern baseUrl =
            Pattern.compile("\\bbaseUrl[\"']?\\s*:[\\s\"'>|+-]*(\\w+://[^/?#\\s'\"]*@[^\\s'\"]*)");

    public PodDescriptor {
        variables = Set.copyOf(variables);
        secretFiles = secretFiles.stream()
                .map(PodDescriptor::normal)
                .distinct()
                .sorted()
                .toList();
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
        PodDescriptor read = new PodDescriptor(file, name, text(file), variables, List.of(), Map.of());
        List<String> secretFiles = List.copyOf(TargetDescriptor.secretFiles(file));
        for (String path : secretFiles) {
            if (!isAbsolute(path) && isOutside(path)) {
                throw read.refusal(
                        ExitCode.USAGE,
                        "${file:" + path + "}",
                        "${file:" + path
                                + "} is not below the folder of the descriptor, where pods find files: move the secret there, or name it by"
                                + " an absolute path, which a pod gets as it is");
            }
        }
        refuseCredentials(file, read.text);
        Map<String, String> data = new TreeMap<>();
        TargetDescriptor.dataPath(file).ifPresent(path -> {
            if (isAbsolute(path) || isOutside(path)) {
                throw read.refusal(
                        ExitCode.USAGE,
                        path,
                        "the data file " + path
                                + " is not below the folder of the descriptor, and pods get nothing else: move it"
                                + " there, and write its path from the descriptor");
            }
            read.refuseSecretData(path, secretFiles);
            data.put(normal(path), read.data(path));
        });
        return new PodDescriptor(file, name, read.text, variables, secretFiles, data);
    }

    /** Refuses an address of the service, or of one operation, with user or password. */
    static void refuseCredentials(Path file, String text) {
        baseUrl.matcher(text).results().findFirst().ifPresent(found -> {
            throw refusal(
                    file,
                    text,
                    ExitCode.USAGE,
                    found.group(1),
                    "this baseUrl has a user or a password before its host, which would stand in the ConfigMap: "
                            + SEND_AS_HEADER);
        });
    }

    private void refuseSecretData(String path, List<String> secretFiles) {
        secretFiles.stream().filter(secret -> isSame(path, secret)).findFirst().ifPresent(secret -> {
            throw refusal(
                    ExitCode.USAGE,
                    "${file:" + secret + "}",
                    "${file:" + secret
                            + "} is the data file of \"items\" too, which goes into the ConfigMap: keep the secret in a file of"
                            + " its own");
        });
    }

    private boolean isSame(String path, String secret) {
        Path one = file.resolveSibling(path).toAbsolutePath().normalize();
        Path other = file.resolveSibling(secret).toAbsolutePath().normalize();
        try {
            return one.equals(other) || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
        } catch (IOException e) {
            return false;
        }
    }

    private String data(String path) {
        try {
            return Files.readString(file.resolveSibling(path));
        } catch (CharacterCodingException e) {
            throw refusal(
                    ExitCode.NO_INPUT,
                    path,
                    "the data file " + path + " is no UTF-8 text, which scripts read: save it as such");
        } catch (IOException e) {
            throw refusal(
                    ExitCode.NO_INPUT,
                    path,
                    "the data file " + path + " cannot be read (" + e.getMessage() + "): correct its path");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT, file + " cannot be read (" + e.getMessage() + "): correct the path.");
        }
    }

    /** A refusal of what is written there, with its line. */
    PerfException refusal(ExitCode exitCode, String written, String why) {
        return refusal(file, text, exitCode, written, why);
    }

    private static PerfException refusal(Path file, String text, ExitCode exitCode, String written, String why) {
        List<String> lines = text.lines().toList();
        int line = 1;
        while (line < lines.size() && !lines.get(line - 1).contains(written)) {
            line++;
        }
        return new PerfException(exitCode, file + ", line " + line + ": " + why + ".");
    }

    String path() {
        return FOLDER + name + ".yml";
    }

    /** The paths below the scripts of those secret files that the descriptor names by a path from itself. */
    List<String> besideIt() {
        return secretFiles.stream().flatMap(path -> besideIt(path).stream()).toList();
    }

    /** The path below the scripts of a secret file; empty for an absolute one. */
    static Optional<String> besideIt(String path) {
        return isAbsolute(path) ? Optional.empty() : Optional.of(FOLDER + path);
    }

    /** The other secret files. */
    List<String> absolute() {
        return secretFiles.stream().filter(PodDescriptor::isAbsolute).toList();
    }

    /** The keys of all secret files in the Secret, by their paths; variables have their names there. */
    Map<String, String> secretKeys(Collection<String> names) {
        return Keys.of(secretFiles, path -> isAbsolute(path) ? path.substring(1) : FOLDER + path, names);
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
}
