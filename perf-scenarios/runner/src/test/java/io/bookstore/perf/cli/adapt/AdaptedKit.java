package io.bookstore.perf.cli.adapt;

import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder that {@code llm-perf adapt} writes for the descriptor beside it, and the words of the command. */
final class AdaptedKit {

    /** The descriptor of another service. */
    static final String HELPDESK = """
            name: helpdesk
            baseUrl: http://helpdesk:8080
            headers: { Authorization: "Bearer ${HELPDESK_TOKEN}" }
            health: { method: GET, path: /healthz }
            operations:
              summary: { method: POST, path: "/v1/assist/{id}?draft=no", body: { question: "{title}" } }
            metrics: { dialect: micrometer }
            """;

    private final Path descriptor;
    private final Path folder;
    private final PerfProcess perf = new PerfProcess();

    AdaptedKit(Path home) {
        descriptor = home.resolve("helpdesk.yml");
        folder = home.resolve("out");
    }

    /** Writes the descriptor, then the kit, and returns the exit code. */
    int adapt(String described, String... options) throws IOException {
        Files.writeString(descriptor, described);
        return adaptTo(descriptor.toString(), options);
    }

    /** Writes the kit for a target that is known by its name or its file. */
    int adaptTo(String target, String... options) {
        return perf.run(
                new EmbeddedEngineOption(),
                Stream.concat(Stream.of("adapt", "--target", target, "-o", folder()), Stream.of(options))
                        .toArray(String[]::new));
    }

    String out() {
        return perf.out();
    }

    String err() {
        return perf.err();
    }

    Path descriptor() {
        return descriptor;
    }

    String folder() {
        return folder.toString();
    }

    String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    List<String> written() throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
