package io.bookstore.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The check that no dependency which Maven resolved for a module is a version with a known hole, by {@code known-bad.csv}
 * beside this class.
 */
public final class KnownBadVersions {

    private static final Pattern PART = Pattern.compile("[.-]");

    private KnownBadVersions() {}

    /** Returns a sentence for each hole that the class path of this JVM has; empty if it has none. */
    public static List<String> onClassPath() {
        return among(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList());
    }

    /**
     * Returns a sentence for each hole; empty if there is none.
     *
     * @param jars as a Maven repository has them: {@code <group>/<artifact>/<version>/<file>}; other paths are skipped
     */
    static List<String> among(List<Path> jars) {
        return jars.stream()
                .flatMap(jar -> list().stream().flatMap(bad -> bad.sentence(jar).stream()))
                .toList();
    }

    private static List<Bad> list() {
        try (InputStream csv =
                Objects.requireNonNull(KnownBadVersions.class.getResourceAsStream("known-bad.csv"), "known-bad.csv")) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", 4))
                    .map(cells -> new Bad(cells[0], cells[1], cells[2], cells[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether a version comes before another; letters, as in {@code Final}, count nothing. */
    static boolean isBefore(String version, String other) {
        String[] left = PART.split(version);
        String[] right = PART.split(other);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = number(left, i).compareTo(number(right, i));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    private static BigInteger number(String[] parts, int index) {
        return index < parts.length && parts[index].matches("\\d+") ? new BigInteger(parts[index]) : BigInteger.ZERO;
    }

    private record Bad(String module, String firstGood, String advisory, String reason) {

        List<String> sentence(Path jar) {
            Matcher matcher = Pattern.compile(
                            ".*/" + Pattern.quote(module.replace('.', '/').replace(':', '/')) + "/([^/]+)/[^/]+\\.jar")
                    .matcher(jar.toString().replace(File.separatorChar, '/'));
            if (!matcher.matches() || !isBefore(matcher.group(1), firstGood)) {
                return List.of();
            }
            return List.of(module + " must be " + firstGood + " or newer, was " + matcher.group(1) + ": " + advisory
                    + ", " + reason + "; raise it in the root POM");
        }
    }
}
