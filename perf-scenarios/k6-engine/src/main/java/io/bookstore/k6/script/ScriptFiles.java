package io.bookstore.k6.script;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * All that a script's {@code import} can see: k6's modules by name and JavaScript files by path, both read-only. Remembers
 * the first import it had to refuse, because GraalJS reports no more than "cannot find module".
 */
final class ScriptFiles implements FileSystem {
    private final LanguageCheck languageCheck;
    private final Map<Path, byte[]> modules;
    private final CommonJsFiles commonJs;
    private boolean sealed;
    private @Nullable Refusal refusal;

    /** @param specifier as the script writes it, or the path it stands for */
    record Refusal(String specifier, String reason) {}

    /** @param modules the ES modules that another context of the same script has read, and gets those that this one reads */
    ScriptFiles(LanguageCheck languageCheck, Map<Path, byte[]> modules) {
        this.languageCheck = languageCheck;
        this.modules = modules;
        this.commonJs = new CommonJsFiles(languageCheck);
    }

    CommonJsFiles commonJs() {
        return commonJs;
    }

    /** Refuses from now on, like any unknown name, the modules that only our own modules may see. */
    void seal() {
        sealed = true;
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    @Override
    public Path parsePath(URI uri) {
        if ("file".equals(uri.getScheme())) {
            return Path.of(uri);
        }
        throw refused(uri.toString());
    }

    @Override
    public Path parsePath(String path) {
        Path parsed = Path.of(path);
        if (path.isEmpty() || parsed.isAbsolute() || BuiltInModules.PUBLIC.contains(path)) {
            return parsed;
        }
        if (BuiltInModules.isKnown(path) && !sealed) {
            return parsed;
        }
        throw refused(path);
    }

    private SecurityException refused(String specifier) {
        remember(specifier, BuiltInModules.refusal(specifier).orElse("it is not a file"));
        return new SecurityException(specifier);
    }

    private void remember(String specifier, String reason) {
        if (refusal == null) {
            refusal = new Refusal(specifier, reason);
        }
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options) throws IOException {
        if (modes.contains(AccessMode.WRITE)) {
            throw new AccessDeniedException(path.toString());
        }
        if (BuiltInModules.isKnown(path.toString())) {
            return;
        }
        if (path.toString().endsWith(".ts")) {
            remember(
                    path.toString(),
                    "TypeScript is not supported by the embedded engine; compile it to JavaScript first");
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isRegularFile(path)) {
            remember(path.toString(), "there is no such file; mind that the extension belongs to the path");
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (BuiltInModules.isKnown(path.toString())) {
            return new ReadOnlyBytes(BuiltInModules.source(path.toString()));
        }
        byte[] module = modules.get(path);
        return new ReadOnlyBytes(module == null ? read(path) : module);
    }

    private byte[] read(Path path) throws IOException {
        checkAccess(path, Set.of(AccessMode.READ));
        String text = ScriptSource.read(path);
        Optional<K6Language.Finding> finding = languageCheck.unloadable(path, text);
        if (finding.isPresent()) {
            remember(path.toString(), finding.get().sentence());
            throw new NoSuchFileException(path.toString());
        }
        if (languageCheck.commonJs(path, text)) {
            return commonJsModule(path, text).getBytes(StandardCharsets.UTF_8);
        }
        byte[] module = text.getBytes(StandardCharsets.UTF_8);
        modules.put(path, module);
        return module;
    }

    /** Runs the file in this context, so that no other can use what it becomes. */
    private String commonJsModule(Path path, String text) throws NoSuchFileException {
        try {
            return commonJs.asModule(path, text);
        } catch (GuestFailure e) {
            remember(
                    path.toString(),
                    "it threw " + e.message() + e.place().map(at -> " at " + at).orElse(""));
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override
    public Path toAbsolutePath(Path path) {
        return BuiltInModules.isKnown(path.toString()) ? path : path.toAbsolutePath();
    }

    @Override
    public Path toRealPath(Path path, LinkOption... options) throws IOException {
        return BuiltInModules.isKnown(path.toString()) ? path : path.toRealPath(options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return Files.readAttributes(path, attributes, options);
    }

    @Override
    public void createDirectory(Path dir, FileAttribute<?>... attributes) throws IOException {
        throw new AccessDeniedException(dir.toString());
    }

    @Override
    public void delete(Path path) throws IOException {
        throw new AccessDeniedException(path.toString());
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        throw new AccessDeniedException(dir.toString());
    }
}
