package io.bookstore.perf.testing;

import io.bookstore.testing.Program;
import io.bookstore.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Path;

/** A service on Node, {@code notes.mjs}: 201 for a POST, NestJS's errors, a stream of JSON lines, metric names of its own. */
public final class NotesService implements AutoCloseable {

    /** The defects that a test can choose, by their names in the script. */
    public static final String[] DEFECTS = {
        "single-page-fallback",
        "errors-as-html",
        "failures-as-201",
        "tokens-as-texts",
        "stream-without-end",
        "collected-stream",
        "leaked-connections",
        "default-buckets"
    };

    private final ServerProcess process;

    private NotesService(ServerProcess process) {
        this.process = process;
    }

    /** Starts it; the calling test is skipped, saying so, if this machine has no Node. */
    public static NotesService startOrSkip(Path folder, String... defects) {
        Program node = Program.orSkip("node", "nodejs");
        String script = ForeignService.file("notes.mjs").toString();
        return new NotesService(ServerProcess.start(
                port -> new ServerProcess.Launch(
                        node.command(script, String.valueOf(port)).and(defects),
                        URI.create("http://127.0.0.1:" + port + "/healthz")),
                folder.resolve("notes.log")));
    }

    public URI baseUrl() {
        return process.baseUrl();
    }

    @Override
    public void close() {
        process.close();
    }
}
