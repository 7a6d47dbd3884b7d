package io.bookstore.perf.adapt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Paths as a Makefile in the written folder has them: where the kit lies may differ between two machines, but not from there.
 *
 * @param scripts folder of the kit's scripts
 * @param folder  folder of the Makefile
 */
record Places(Path scripts, Path folder) {

    private static final String PROGRAM = "llm-perf";

    /** The program beside the scripts or above them; its bare name where it is elsewhere. */
    String program() {
        return Stream.of("../" + PROGRAM, "../../" + PROGRAM)
                .map(path -> scripts.resolve(path).normalize())
                .filter(Files::isRegularFile)
                .findFirst()
                .map(this::fromHere)
                .orElse(PROGRAM);
    }

    /** A descriptor of the kit by its name, any other by its path. */
    String descriptor(String target) {
        return Path.of(target).isAbsolute() ? fromHere(Path.of(target)) : target;
    }

    private String fromHere(Path file) {
        Path relative = folder.toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize());
        return "$(HERE)/" + relative.toString().replace('\\', '/');
    }
}
