package io.bookstore.perf.engine.binary;

import io.bookstore.perf.engine.Engine;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.engine.k6.K6Version;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The {@code k6} on a search path. */
public final class BinaryEngineOption implements EngineOption {

    private final String searchPath;

    /** @param searchPath folders in the notation of the {@code PATH} variable */
    public BinaryEngineOption(String searchPath) {
        this.searchPath = searchPath;
    }

    @Override
    public String name() {
        return BinaryEngine.NAME;
    }

    @Override
    public Availability availability() {
        Optional<Path> k6 = find();
        if (k6.isEmpty()) {
            return new Availability(false, "no k6 on PATH");
        }
        Optional<K6Version> version = version(k6.get());
        if (version.isEmpty()) {
            return new Availability(false, k6.get() + " does not tell its version");
        }
        return version.get().supported()
                ? new Availability(true, "k6 " + version.get() + " at " + k6.get())
                : new Availability(
                        false, "k6 " + version.get() + " at " + k6.get() + " is older than " + K6Version.OLDEST);
    }

    @Override
    public Engine engine() {
        return new BinaryEngine(find().orElseThrow(() -> new IllegalStateException("no k6 on PATH")));
    }

    private Optional<Path> find() {
        return Stream.of(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of("k6", "k6.exe").map(name -> Path.of(folder, name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Optional<K6Version> version(Path k6) {
        try {
            Process process = new ProcessBuilder(k6.toString(), "version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return K6Version.parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
