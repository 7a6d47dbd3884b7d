package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Javadoc begins with a noun phrase or a verb, never with a word that leaves the subject open. */
class JavadocTest {

    private static final Pattern OPEN = Pattern.compile("/\\*\\*\\s*(?:\\*\\s*)?"
            + "((?:What|Who|Whom|Whose|Whether|Which|Why|Where|When|How|Of|As|For|Not|With)\\b[^\\n]*)");

    @Test
    void noCommentBeginsWithAnOpenWord() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of("src"))) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }

        assertThat(files).hasSizeGreaterThan(100).allSatisfy(file -> {
            Matcher found = OPEN.matcher(Files.readString(file));
            assertThat(found.results().map(match -> match.group(1)))
                    .as("Javadoc in %s", file)
                    .isEmpty();
        });
    }
}
