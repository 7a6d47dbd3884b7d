package io.bookstore.perf.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The page on gates names the options that there are. */
class GatePageTest {

    private static final Path PAGE = Checkout.root().resolve("perf-scenarios/docs/gate.md");

    private final CommandLine perf = PerfCommand.commandLine(List.of(), new Interruption());
    private final CommandLine gate =
            Objects.requireNonNull(perf.getSubcommands().get("gate"));

    static Stream<String> commands() throws IOException {
        return Pattern.compile("(?m)^ *\\./llm-perf (gate .*)$")
                .matcher(Files.readString(PAGE).replace("\\\n", ""))
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

        assertThat(List.of(
                        "--baseline-jar",
                        "--candidate-jar",
                        "--baseline-url",
                        "--candidate-url",
                        "--baseline",
                        "--pairs",
                        "--control",
                        "--out",
                        "--resume",
                        "--margin",
                        "--allow",
                        "--strict",
                        "--events",
                        "--markdown",
                        "--json",
                        "--env",
                        "--engine",
                        "--scripts",
                        "--yes"))
                .allSatisfy(option -> {
                    assertThat(gate.getCommandSpec().findOption(option))
                            .as(option)
                            .isNotNull();
                    assertThat(page).contains("`" + option + "`");
                });
    }

    @Test
    void makefileHasTheTargetOfTheReadme() throws IOException {
        assertThat(Checkout.root().resolve("perf-scenarios/README.md"))
                .content()
                .contains("make perf-gate RUN=ai-smoke A=");
        assertThat(Checkout.root().resolve("Makefile"))
                .content()
                .contains("\n\t$(PERF) gate $(or $(RUN),ai-smoke) --baseline-jar $(A) --candidate-jar $(B)\n");
    }
}
