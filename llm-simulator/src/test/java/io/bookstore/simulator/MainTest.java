package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.limit.LimitScope;
import io.bookstore.simulator.limit.Limits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

    @TempDir
    private Path folder;

    @Test
    void badConfigurationFileStopsTheStart() throws Exception {
        Path file = Files.writeString(folder.resolve("simulator.json"), "{\"limits\":{\"rpm\":5}}");

        assertRefused("Unknown key limits.rpm; use requestsPerMinute,", "--config", file.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --proflie zero   | Unknown options: '--proflie', 'zero' | Possible solutions: --profile | llm-simulator
            recrod           | Unmatched argument at index 0: 'recrod' | Did you mean: llm-simulator record | llm-simulator
            fit              | Missing required parameter | See | llm-simulator fit
            replay --sped 2  | Unknown option: '--sped' | Possible solutions: --speed | llm-simulator replay
            """)
    void mistypedCommandLineIsExplainedInThreeLinesAtMost(String line, String problem, String next, String command) {
        StringWriter err = new StringWriter();

        int exitCode = Main.commandLine(Map.of()).setErr(new PrintWriter(err)).execute(line.split(" +"));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).startsWith(problem).contains(next).endsWith("See \"" + command + " --help\".\n");
        assertThat(err.toString().lines()).hasSizeLessThan(4);
    }

    @Test
    void wrongScopeOfLimitsStopsTheStart() {
        assertRefused(
                "--limits-per must be provider, key, organization or model, was \"team\"", "--limits-per", "team");
    }

    @Test
    void scopeWithoutLimitsStopsTheStart() {
        assertRefused(
                "--limits-per needs limits: give requestsPerMinute or another of them in --config",
                "--limits-per",
                "key");
    }

    @Test
    void scopeGoesBeforeThatOfTheFile() throws Exception {
        Path file = Files.writeString(
                folder.resolve("simulator.json"), "{\"limits\":{\"requestsPerMinute\":5,\"per\":\"model\"}}");
        Main main = new Main();

        new CommandLine(main).parseArgs("--config", file.toString(), "--limits-per", "key");

        assertThat(main.behaviour().limits())
                .isEqualTo(Limits.requestsPerMinute(5).withPer(LimitScope.KEY));
    }

    @Test
    void missingConfigurationFileStopsTheStart() {
        assertRefused("Cannot read ", "--config", folder.resolve("gone.json").toString());
    }

    @Test
    void badAnswersStopTheStartWithTheirLine() throws Exception {
        Path file = Files.writeString(folder.resolve("answers.yaml"), "rules:\n- match: {turn: 1}\n");

        assertRefused(
                file + ", line 2: a rule needs response, or a list of responses; write one of the two",
                "--answers",
                file.toString());
    }

    @Test
    void ruleThatCanNeverMatchIsToldAtTheStart() throws Exception {
        Path file = Files.writeString(folder.resolve("answers.yaml"), """
                rules:
                - response: {content: Always.}
                - name: late
                  match: {turn: 1}
                  response: {content: Never.}
                """);
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine(Map.of()).setErr(new PrintWriter(err));

        // A port that is taken ends the start where it would go on for ever.
        try (SimulatorServer other =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0))) {
            String port = String.valueOf(other.baseUrl().getPort());
            assertThat(command.execute("--answers", file.toString(), "--port", port))
                    .isEqualTo(1);
        }

        assertThat(err.toString())
                .startsWith(
                        file + ", line 3: rule \"late\" is left out, as it can never match: rule \"rule 1\" (line 2)"
                                + " takes all its requests; move it before that one, or give that one more conditions");
    }

    @Test
    void missingAnswersStopTheStart() {
        assertRefused(
                "Cannot read the answers in ",
                "--answers",
                folder.resolve("gone.yaml").toString());
    }

    @Test
    void unknownProfileStopsTheStart() {
        assertRefused("There is no profile named \"warp\"; known are sonnet-class", "--profile", "warp");
    }

    @Test
    void helpHasExamples() {
        StringWriter out = new StringWriter();

        int exitCode = Main.commandLine(Map.of()).setOut(new PrintWriter(out)).execute("--help");

        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("Examples:", "--config simulator.json", "/v1/messages");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fit", "record", "replay"})
    void noExampleOfTheHelpIsCutAt80Columns(String command) {
        CommandLine main = Main.commandLine(Map.of());
        CommandLine asked = command.isEmpty() ? main : main.getSubcommands().get(command);

        String help = asked.setUsageHelpWidth(80).getUsageMessage();

        assertThat(help)
                .contains(
                        String.join("\n", asked.getCommandSpec().usageMessage().footer()));
    }

    @Test
    void environmentStandsForOptionsThatAreLeftOut() {
        CommandLine command = Main.commandLine(
                Map.of("SIMULATOR_HOST", "0.0.0.0", "SIMULATOR_SEED", "7", "SIMULATOR_LIMITS_PER", "key"));

        command.parseArgs("--seed", "8");

        assertThat(command.getCommandSpec().findOption("--host").<String>getValue())
                .isEqualTo("0.0.0.0");
        assertThat(command.getCommandSpec().findOption("--port").<Integer>getValue())
                .isEqualTo(7005);
        assertThat(command.getCommandSpec().findOption("--seed").<Long>getValue())
                .isEqualTo(8);
        assertThat(command.getCommandSpec().findOption("--limits-per").<String>getValue())
                .isEqualTo("key");
    }

    @Test
    void wrongEnvironmentStopsTheStart() {
        StringWriter err = new StringWriter();
        CommandLine command =
                Main.commandLine(Map.of("SIMULATOR_PROFILE", "warp")).setErr(new PrintWriter(err));

        assertThat(command.execute()).isEqualTo(2);
        assertThat(err.toString()).startsWith("There is no profile named \"warp\"; known are sonnet-class");
    }

    @Test
    void everythingThatComposeTellsTheContainerIsAnOption() throws Exception {
        String compose = Files.readString(Path.of("../compose.yaml"));
        String service = compose.substring(compose.indexOf("\n  simulator:"));
        service = service.substring(0, service.indexOf("\n\n"));

        assertThat(Pattern.compile("(?m)^ +SIMULATOR_([A-Z]+):")
                        .matcher(service)
                        .results())
                .hasSize(3)
                .allSatisfy(variable -> assertThat(Main.commandLine(Map.of())
                                .getCommandSpec()
                                .findOption("--" + variable.group(1).toLowerCase(Locale.ROOT)))
                        .isNotNull());
    }

    private static void assertRefused(String sentence, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine(Map.of()).setErr(new PrintWriter(err));

        assertThat(command.execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).startsWith(sentence).doesNotContain("\tat ");
    }
}
