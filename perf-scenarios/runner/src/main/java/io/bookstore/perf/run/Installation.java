package io.bookstore.perf.run;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The places of the parts of the kit beside this program.
 *
 * @param scripts the folder of k6 scripts
 * @param apiJar  the runnable BookStore API
 */
public record Installation(Path scripts, Path apiJar) {

    /** The parts as the build leaves them: {@code perf-scenarios/target/perf.jar} beside {@code perf-scenarios/k6} and {@code bookstore-api/target}. */
    public static Installation beside(Path codeSource) {
        Path module = codeSource.toAbsolutePath().resolve("../..").normalize();
        return new Installation(
                module.resolve("k6"), module.resolveSibling("bookstore-api").resolve("target/bookstore-api.jar"));
    }

    /** The installation that this class was loaded from, with what the user named instead of it. */
    public static Installation locate(@Nullable Path scripts, @Nullable Path apiJar) {
        Installation found = beside(codeSource());
        return new Installation(scripts == null ? found.scripts : scripts, apiJar == null ? found.apiJar : apiJar);
    }

    private static Path codeSource() {
        try {
            return Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path holds an invalid URL", e);
        }
    }
}
