package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The help of every command that the kit has, those of the console and of the conventions included. */
class HelpTest {

    @Test
    void noExampleIsCutInTheMiddleOfACommand() {
        List<CommandLine> commands = withThoseBelow(
                        PerfCommand.commandLine(List.of(new EmbeddedEngineOption()), new Interruption()))
                .toList();

        assertThat(commands)
                .extracting(CommandLine::getCommandName)
                .contains("run", "console", "check-spans", "prices");
        assertThat(commands)
                .allSatisfy(command -> assertThat(command.setUsageHelpAutoWidth(false)
                                .setUsageHelpWidth(80)
                                .getUsageMessage())
                        .contains(String.join(
                                "\n", command.getCommandSpec().usageMessage().footer())));
    }

    private static Stream<CommandLine> withThoseBelow(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::withThoseBelow));
    }
}
