package io.bookstore.simulator.latency;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The profiles that come with the simulator. Each is a file in {@code profiles} that has a source beside each number. */
public final class Profiles {

    private static final List<Profile> all = Stream.of(
                    "sonnet-class",
                    "haiku-class",
                    "reasoning-class",
                    "bedrock-sonnet",
                    "ollama-cpu",
                    "degraded",
                    "fixed",
                    "zero")
            .map(Profiles::load)
            .toList();

    private Profiles() {}

    /** @throws IllegalArgumentException if there is none of that name; the message lists the known ones */
    public static Profile named(String name) {
        return all.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no profile named \"" + name + "\"; known are " + names()));
    }

    /** Returns whether a profile of that name comes with the simulator. */
    public static boolean knows(String name) {
        return all.stream().anyMatch(profile -> profile.name().equals(name));
    }

    /** The profiles that come with the simulator, the default first. */
    public static List<Profile> all() {
        return all;
    }

    /** The known names, the default first. */
    public static String names() {
        return all.stream().map(Profile::name).collect(Collectors.joining(", "));
    }

    private static Profile load(String name) {
        String file = "profiles/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(Profiles.class.getResourceAsStream(file), file)) {
            return ProfileJson.readWhole(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
