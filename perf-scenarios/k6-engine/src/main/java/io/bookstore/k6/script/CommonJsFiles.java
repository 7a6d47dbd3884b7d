package io.bookstore.k6.script;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * Files in the CommonJS form, UMD bundles such as the copies of jslib included: they are run when they are first imported,
 * and what they put into {@code module.exports} becomes the exports of an ES module, its default included.
 */
final class CommonJsFiles {
    private static final Pattern ES_MODULE = Pattern.compile(
            "(?:^|[;}\\n])\\s*(?:export\\s*(?:[{*]|default\\b|const\\b|let\\b|var\\b|function\\b|class\\b|async\\b)"
                    + "|import\\s*[\\w$*{\"'])");
    private static final Pattern COMMON_JS =
            Pattern.compile("(?<![.\\w$])(?:exports\\b|require\\s*\\(|module\\s*\\.\\s*exports\\b)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w$]*");

    private final LanguageCheck languageCheck;
    private @Nullable Value globals;

    CommonJsFiles(LanguageCheck languageCheck) {
        this.languageCheck = languageCheck;
    }

    static boolean isCommonJs(String text) {
        String code = new JavaScriptText(text).code();
        return !ES_MODULE.matcher(code).find() && COMMON_JS.matcher(code).find();
    }

    /** @param module the exports of {@code k6/internal/globals} in the context that the files are for */
    void connect(Value module) {
        globals = module;
        ProxyExecutable load = arguments -> load(arguments[0].asString(), arguments[1].asString());
        module.getMember("setFileLoader").executeVoid(load);
    }

    /**
     * Runs the file and writes the ES module that hands its exports on.
     *
     * @throws GuestFailure when it throws
     */
    String asModule(Path file, String text) {
        run(file, text);
        Value names = globals().getMember("commonJsNames").execute(file.toString());
        StringBuilder module = new StringBuilder("const loaded = commonJs__(" + quoted(file.toString()) + ");\n"
                + "export default loaded?.default === undefined ? loaded : loaded.default;\n");
        for (long i = 0; i < names.getArraySize(); i++) {
            String name = names.getArrayElement(i).asString();
            if (NAME.matcher(name).matches() && !name.equals("default")) {
                module.append("const v%d = loaded.%s;\nexport { v%d as %s };\n".formatted(i, name, i, name));
            }
        }
        return module.toString();
    }

    private void run(Path file, String text) {
        if (globals().getMember("isCommonJsLoaded").execute(file.toString()).asBoolean()) {
            return;
        }
        try {
            // On one line, so that the lines of messages stay right.
            Source source = Source.newBuilder(
                            "js", "(function (exports, require, module) {" + text + "\n})", file.toString())
                    .buildLiteral();
            globals()
                    .getMember("runCommonJs")
                    .executeVoid(file.toString(), Context.getCurrent().eval(source));
        } catch (PolyglotException e) {
            throw GuestFailure.of(e);
        }
    }

    /** Loads for {@code require()} everything but k6's modules; returns the path under which the file is known. */
    private String load(String name, String caller) {
        boolean local = List.of("./", "../", "/", "file://").stream().anyMatch(name::startsWith);
        if (!local) {
            throw HostFunctions.error("require('%s'): %s"
                    .formatted(name, BuiltInModules.refusal(name).orElse("it is not a file")));
        }
        Path file = name.startsWith("file://")
                ? Path.of(URI.create(name))
                : Path.of(caller).resolveSibling(name).normalize();
        try {
            if (!Files.isRegularFile(file)) {
                throw HostFunctions.error(
                        "require('%s'): there is no file %s; mind that the extension belongs to the path"
                                .formatted(name, file));
            }
            String text = ScriptSource.read(file);
            if (!languageCheck.commonJs(file, text)) {
                throw HostFunctions.error(
                        "require('%s'): %s is no CommonJS module; use an import statement".formatted(name, file));
            }
            run(file, text);
            return file.toString();
        } catch (IOException e) {
            throw HostFunctions.error("require('%s'): %s cannot be read".formatted(name, file));
        } catch (GuestFailure e) {
            throw HostFunctions.error("require('%s') threw %s%s"
                    .formatted(
                            name, e.message(), e.place().map(at -> " at " + at).orElse("")));
        }
    }

    private Value globals() {
        Value connected = globals;
        if (connected == null) {
            throw new IllegalStateException("connect() comes first");
        }
        return connected;
    }

    private static String quoted(String path) {
        return "\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
