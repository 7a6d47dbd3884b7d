package io.bookstore.k6.script;

import io.bookstore.k6.run.K6ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;

/** A script and its contexts. GraalJS parses every file once, however many virtual users and runs of it there are. */
public final class ScriptRuntime implements AutoCloseable {
    /**
     * The one of this JVM: a second run of a script, or the run after a look at it, finds its code parsed and warm. Without
     * Graal's compiler there is only the interpreter; that is what this engine is measured with.
     */
    private static final Engine engine = Engine.newBuilder("js")
            .option("engine.WarnInterpreterOnly", "false")
            .build();

    private static final HostAccess HOST_ACCESS = HostAccess.newBuilder(HostAccess.EXPLICIT)
            .allowArrayAccess(true)
            .allowBufferAccess(true)
            .build();

    /** Options of GraalJS: features off that k6's JavaScript does not have, and the module evaluation that the engine relies on. */
    private static final Map<String, String> JS_OPTIONS = Map.ofEntries(
            Map.entry("js.esm-eval-returns-exports", "true"),
            Map.entry("js.load", "false"),
            Map.entry("js.print", "false"),
            Map.entry("js.console", "false"),
            Map.entry("js.graal-builtin", "false"),
            Map.entry("js.polyglot-builtin", "false"),
            Map.entry("js.performance", "false"),
            Map.entry("js.intl-402", "false"),
            Map.entry("js.shared-array-buffer", "false"),
            Map.entry("js.atomics", "false"),
            Map.entry("js.text-encoding", "true"),
            // k6 has parts of the newest edition, such as Set operations and JSON.rawJSON; globals.js takes out the
            // names that it lacks, and K6Language refuses what it cannot parse.
            Map.entry("js.ecmascript-version", "staging"),
            Map.entry("js.regexp-unicode-sets", "false"),
            Map.entry("js.iterator-helpers", "false"),
            Map.entry("js.async-iterator-helpers", "false"));

    private final LanguageCheck languageCheck = new LanguageCheck();

    /** Each virtual user would read and check every file again, which took a seventh of the time of its start. */
    private final Map<Path, byte[]> modules = new ConcurrentHashMap<>();

    private final Path script;
    private final Source main;

    /** Those that were closed before the runtime are left to the garbage collector. */
    private final Set<Context> contexts = Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    private volatile boolean closed;

    private ScriptRuntime(Path script, Source main) {
        this.script = script;
        this.main = main;
    }

    /** @throws ScriptFault with exit code 255 when the file cannot be read, 107 when it is TypeScript */
    public ScriptRuntime(Path script) {
        this.script = script.toAbsolutePath().normalize();
        if (!Files.isRegularFile(this.script)) {
            throw new ScriptFault(K6ExitCode.OTHER, "Script " + this.script + " does not exist; check its path.");
        }
        if (this.script.toString().endsWith(".ts")) {
            throw ScriptFault.exception("Script " + this.script
                    + " is TypeScript, which the embedded engine does not run; compile it to JavaScript first.");
        }
        try {
            String text = ScriptSource.read(this.script);
            languageCheck.unloadable(this.script, text).ifPresent(finding -> {
                throw ScriptFault.exception("Script " + this.script + ":" + finding.sentence() + ".");
            });
            main = languageCheck.commonJs(this.script, text)
                    ? importing(this.script)
                    : Source.newBuilder("js", this.script.toFile())
                            .content(text)
                            .mimeType("application/javascript+module")
                            .build();
        } catch (IOException e) {
            throw new ScriptFault(
                    K6ExitCode.OTHER, "Script " + this.script + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /** A CommonJS module is loaded as any other file is that is imported. */
    private static Source importing(Path script) {
        String file = "'" + script.toUri() + "'";
        String code = "export * from " + file + "; export { default } from " + file + ";";
        return Source.newBuilder("js", code, "k6/internal/load/" + script.getFileName())
                .mimeType("application/javascript+module")
                .buildLiteral();
    }

    public Path script() {
        return script;
    }

    /** Lists the places where the script and the files it has imported so far would run otherwise on k6, a sentence each. */
    public List<String> warnings() {
        return languageCheck.warnings();
    }

    /** A script of ours; what it warms up is warm for the user's script. */
    public ScriptRuntime ownScript(String name) {
        return new ScriptRuntime(script, ScriptContext.builtIn(name));
    }

    /**
     * Runs the init code in a context of its own.
     *
     * @param host the functions that our modules call, by name; nothing else of the JVM can be reached
     * @throws ScriptFault when the init code does not parse, cannot be linked or throws
     */
    public ScriptContext open(Map<String, Object> host, EventLoop loop) {
        ScriptFiles files = new ScriptFiles(languageCheck, modules);
        Context context = Context.newBuilder("js")
                .engine(engine)
                .allowHostAccess(HOST_ACCESS)
                .allowIO(IOAccess.newBuilder().fileSystem(files).build())
                .allowExperimentalOptions(true)
                .options(JS_OPTIONS)
                .build();
        contexts.add(context);
        try {
            if (closed) {
                throw ScriptFault.exception("The init code of " + script + " was interrupted.");
            }
            return new ScriptContext(context, loop, files, host, main, script);
        } catch (RuntimeException | Error e) {
            context.close(true);
            throw e;
        }
    }

    /** Ends all that still runs in its contexts. */
    @Override
    public void close() {
        closed = true;
        new ArrayList<>(contexts).forEach(context -> context.close(true));
    }
}
