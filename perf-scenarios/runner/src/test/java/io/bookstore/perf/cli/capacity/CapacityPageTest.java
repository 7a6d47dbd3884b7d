package io.bookstore.perf.cli.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.bookstore.perf.capacity.Capacity.Ending;
import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The page on capacities names the options that there are, with their defaults. */
class CapacityPageTest {

    private static final Path PAGE = Checkout.root().resolve("perf-scenarios/docs/capacity.md");

    private final CommandLine perf = PerfCommand.commandLine(List.of(), new Interruption());
    private final CommandLine capacity =
            Objects.requireNonNull(perf.getSubcommands().get("capacity"));

    static Stream<String> commands() throws IOException {
        return Pattern.compile("(?m)^ *\\./llm-perf (capacity .*)$")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandOfThePageIsUnderstood(String command) {
        assertThatCode(() -> perf.parseArgs(command.split(" +"))).doesNotThrowAnyException();
    }

    @Test
    void everyOptionOfItsOwnIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(capacity.getCommandSpec().options())
                .filteredOn(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                .allSatisfy(option -> assertThat(page).contains("`" + option.longestName() + "`"));
    }

    @Test
    void defaultsOfThePageAreThoseOfTheOptions() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("| `--from`, `--to` | lowest and highest rate, in arrivals a minute | " + standard("--from")
                        + ", " + standard("--to") + " |")
                .contains("| " + standard("--attainment") + " |\n| `--slo`")
                .contains("| " + standard("--probe") + " |\n| `--probes`")
                .contains("| " + standard("--probes") + " |\n| `--width`")
                .contains("| " + standard("--width") + " |\n| `--out`");
    }

    @Test
    void everyEndOfASearchIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Ending.values())
                .allSatisfy(ending -> assertThat(page)
                        .contains("| `" + ending.name().toLowerCase(Locale.ROOT).replace('_', '-') + "` |"));
    }

    @Test
    void makefileHasTheTargetOfTheReadme() throws IOException {
        assertThat(Checkout.root().resolve("perf-scenarios/README.md"))
                .content()
                .contains("make perf-capacity FROM=60 TO=300");
        assertThat(Checkout.root().resolve("Makefile"))
                .content()
                .contains("\n\t$(PERF) capacity $(RUN) $(if $(FROM),--from $(FROM)) $(if $(TO),--to $(TO))\n");
    }

    private String standard(String option) {
        Object initial = capacity.getCommandSpec().findOption(option).initialValue();
        return String.valueOf(initial).replaceFirst("\\.0$", "");
    }
}
