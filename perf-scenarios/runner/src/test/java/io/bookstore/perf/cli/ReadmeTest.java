package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The page names what there is, and nothing else. */
class ReadmeTest {

    /** Commands of modules that depend on this one, whose own tests look at their rows. */
    private static final Set<String> ofOtherModules = Set.of("check-spans", "prices");

    private static final String readme = read(Checkout.root().resolve("perf-scenarios/README.md"));

    @Test
    void everyCommandAndOptionOfItExists() {
        CommandLine perf = PerfCommand.commandLine(List.of(), new Interruption());

        for (String row : matches("(?m)^\\| `llm-perf (.*?)\\|$")) {
            String name = row.split("[` ]")[0];
            if (ofOtherModules.contains(name)) {
                continue;
            }
            CommandLine command = perf.getSubcommands().get(name);
            assertThat(command).as(row).isNotNull();
            CommandLine inner = Objects.requireNonNull(
                    row.startsWith("export k6-operator")
                            ? command.getSubcommands().get("k6-operator")
                            : command);
            for (String option : find(row, "`(--[a-z-]+)")) {
                assertThat(inner.getCommandSpec().findOption(option))
                        .as(option + " of " + row)
                        .isNotNull();
            }
        }
        assertThat(matches("(?m)(?<=^\\| |, )`llm-perf ([a-z]+)"))
                .containsAll(perf.getSubcommands().keySet());
    }

    @Test
    void pageIsAtMost120Lines() {
        assertThat(readme.lines().count()).isLessThanOrEqualTo(120);
    }

    @Test
    void everyKeyOfMetaIsDescribed() {
        assertThat(read(Checkout.root().resolve("perf-scenarios/docs/scripts.md")))
                .contains(
                        "`variables`",
                        "`thinkSeconds`",
                        "`modelPercent`",
                        "`modelPercentVariable`",
                        "`scenarios`",
                        "`slo`")
                .contains("`description`", "`length`", "`users`", "`perMinute`", "`env`", "`serviceEnv`", "`suite`");
    }

    @Test
    void exitCodesAreListedAsTheyAre() {
        String page = read(Checkout.root().resolve("perf-scenarios/docs/exit-codes.md"));
        List<String> rows = Stream.of(ExitCode.values())
                .map(code -> "| %d | %s | %s |"
                        .formatted(code.value(), code.meaning(), code.side().label()))
                .toList();

        assertThat(page.lines().filter(line -> line.matches("\\| \\d+ \\|.*\\|.*\\|")))
                .containsExactlyElementsOf(rows);
    }

    private static Set<String> matches(String pattern) {
        return find(readme, pattern);
    }

    private static Set<String> find(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
