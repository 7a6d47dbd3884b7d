package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of language that a machine can hold, over every module; CONTRIBUTING.md has them in words. */
class StyleTest {

    private static final Path ROOT = Path.of("..");

    // Nothing of ours: build output, what npm brought, scripts of others.
    private static final Set<String> FOREIGN_FOLDERS =
            Set.of("target", "node_modules", "vendor", "reports", "data", ".git");

    // A noun phrase or a verb in the third person begins a Javadoc, so none of these does.
    private static final Pattern RIDDLE = Pattern.compile(
            "/\\*\\*[\\s*]*((?:What|Who|Whom|Whose|Whether|Whatever|Of|As|For|Not|With|Without|One|Nothing)\\b[^\\n]*)");

    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)(?=[\\s<({])");

    private static final Pattern BANNED_TYPE =
            Pattern.compile("(?:Base|Abstract)[A-Z]\\w*|\\w*(?:Utils?|Helper|Manager|Impl)"
                    + "|Scissors|Lanes|Unheard|OneAtATime|PlanKeeper|Presence|Flight|Effort|Audience|Answerer"
                    + "|RequestWitness|AskPerson");

    private static final int README_LINES = 120;
    private static final int LINE_LENGTH = 160;

    @Test
    void javadocBeginsWithANounPhraseOrAVerb() {
        assertThat(found(".java", RIDDLE))
                .as("Javadoc that begins with another word")
                .isEmpty();
    }

    @Test
    void typesHaveNamesThatSayWhatTheyAre() {
        assertThat(files(".java")
                        .flatMap(file -> TYPE.matcher(code(read(file)))
                                .results()
                                .map(match -> match.group(1))
                                .filter(name -> BANNED_TYPE.matcher(name).matches())
                                .map(name -> name + " in " + file)))
                .as("names that style forbids")
                .isEmpty();
    }

    @Test
    void readmesFitOnAPage() {
        assertThat(files("README.md").filter(file -> lines(file).size() > README_LINES))
                .as("READMEs of more than %d lines; tables belong in docs/ of the module", README_LINES)
                .isEmpty();
    }

    /** Rows of tables and code are as long as they must be. */
    @Test
    void linesOfProseAreShort() {
        List<String> tooLong = new ArrayList<>();
        files(".md").forEach(file -> {
            boolean code = false;
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                code ^= line.startsWith("```");
                boolean prose = !code && !line.startsWith("|") && !line.startsWith("    ");
                if (prose && line.length() > LINE_LENGTH) {
                    tooLong.add("%s:%d has %d characters".formatted(file, i + 1, line.length()));
                }
            }
        });

        assertThat(tooLong).as("lines of more than %d characters", LINE_LENGTH).isEmpty();
    }

    private static List<String> found(String ending, Pattern pattern) {
        return files(ending)
                .flatMap(file -> {
                    String text = read(file);
                    return pattern.matcher(text).results().map(match -> place(file, text, match));
                })
                .toList();
    }

    private static String place(Path file, String text, MatchResult match) {
        long line = text.substring(0, match.start(1)).lines().count();
        return "%s:%d: %s".formatted(file, line, match.group(1));
    }

    // Words of comments and texts are not names of types.
    private static String code(String java) {
        return java.replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("//[^\\n]*", "")
                .replaceAll("\"(?:\\\\.|[^\"\\\\\\n])*\"", "\"\"");
    }

    private static Stream<Path> files(String ending) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return FOREIGN_FOLDERS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.getFileName().toString().endsWith(ending)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted();
    }

    private static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
