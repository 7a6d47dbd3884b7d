package io.bookstore.k6.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;

/** Says what is wrong with a script's init code: which file, which line, and what to do. */
final class InitFailure {
    private static final Pattern IMPORT = Pattern.compile("\\b(?:from|import)\\s*\\(?\\s*(['\"])([^'\"\\n]+)\\1");
    private static final Pattern MISSING_EXPORT = Pattern.compile(
            "The requested module '([^']+)' does not provide an export named '([^']+)'.*", Pattern.DOTALL);

    private InitFailure() {}

    static ScriptFault explain(PolyglotException failure, ScriptFiles files, Path script) {
        ScriptFiles.Refusal refusal = files.refusal();
        if (failure.isSyntaxError()) {
            return ScriptFault.exception(syntaxError(failure, script));
        }
        if (refusal != null) {
            return ScriptFault.exception("Cannot import '%s'%s: %s."
                    .formatted(refusal.specifier(), importPlace(script, refusal.specifier()), refusal.reason()));
        }
        GuestFailure guest = GuestFailure.of(failure);
        // A script that refuses its input says so in a sentence, and that sentence is all there is to say.
        if (guest.message().startsWith("Error: ") && guest.message().endsWith(".")) {
            return ScriptFault.exception(guest.message().substring("Error: ".length()));
        }
        return ScriptFault.exception("The init code of %s threw %s%s."
                .formatted(
                        script,
                        guest.message(),
                        guest.place().map(place -> " at " + place).orElse("")));
    }

    private static String syntaxError(PolyglotException failure, Path script) {
        String message = String.valueOf(failure.getMessage()).replaceFirst("^SyntaxError: ", "");
        SourceSection section = failure.getSourceLocation();
        Matcher missing = MISSING_EXPORT.matcher(message);
        if (missing.matches()) {
            return "'%s' has no export named '%s'%s; check the import's spelling."
                    .formatted(missing.group(1), missing.group(2), importPlace(script, missing.group(1)));
        }
        String first = message.lines().findFirst().orElse(message).replaceFirst("^\\S+:\\d+:\\d+ ", "");
        if (section == null) {
            return "Syntax error in " + script + ": " + first + ".";
        }
        return "Syntax error at %s:%d:%d: %s."
                .formatted(section.getSource().getPath(), section.getStartLine(), section.getStartColumn(), first);
    }

    /** GraalJS does not say where an import stands, so it is looked up in the script and the files it imports. */
    private static String importPlace(Path script, String specifier) {
        List<Path> seen = new ArrayList<>();
        return find(script, specifier, seen).map(place -> " in " + place).orElse("");
    }

    private static Optional<String> find(Path file, String specifier, List<Path> seen) {
        if (seen.contains(file) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        seen.add(file);
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            return Optional.empty();
        }
        Matcher matcher = IMPORT.matcher(text);
        while (matcher.find()) {
            String written = matcher.group(2);
            boolean local = written.startsWith(".") || written.startsWith("/");
            Path target = file.resolveSibling(written).normalize();
            if (written.equals(specifier) || local && target.toString().equals(specifier)) {
                return Optional.of(file + ":" + position(text, matcher.start(2)));
            }
            Optional<String> deeper = local ? find(target, specifier, seen) : Optional.empty();
            if (deeper.isPresent()) {
                return deeper;
            }
        }
        return Optional.empty();
    }

    private static String position(String text, int offset) {
        long line = text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        return line + ":" + (offset - text.lastIndexOf('\n', offset - 1));
    }
}
