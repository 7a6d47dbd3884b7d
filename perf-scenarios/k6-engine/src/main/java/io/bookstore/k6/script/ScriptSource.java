package io.bookstore.k6.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a script file as GraalJS gets it. */
final class ScriptSource {
    private static final String RESOLVE = "import.meta.resolve";
    /** A global of ours; as long as what it replaces, so that columns in messages stay right. */
    private static final String OUR_RESOLVE = "importMetaResolve__";

    private ScriptSource() {}

    /** GraalJS gives {@code import.meta} a {@code url} only, and k6 scripts use {@code resolve}. */
    static String read(Path file) throws IOException {
        return Files.readString(file).replace(RESOLVE, OUR_RESOLVE);
    }
}
