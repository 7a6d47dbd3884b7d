package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.cli.option.ScriptsOption;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EmptySource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line as a whole: its help, its lists, and the sentences for input that no command can take. */
class PerfCommandTest {

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run ai-smoke --port 70000        | --port must be a port, 0 to 65535, was 70000.
            run ai-smoke --port many         | --port must be a whole number, was "many".
            run ai-smoke -u 2.5              | --vus must be a whole number, was "2.5".
            run ai-smoke --max-usd abc       | --max-usd must be a number, was "abc".
            health --wait soon               | --wait must be a whole number, was "soon".
            run ai-smoke --env               | --env needs a value: --env K=V.
            run ai-smoke --out --json        | --out needs a value: --out FOLDER.
            run ai-smoke --durations 30s     | Unknown option "--durations": did you mean --duration?
            run ai-smoke --max_usd=2         | Unknown option "--max_usd": did you mean --max-usd?
            run ai-smoke ai-load             | Unexpected argument "ai-load".
            run ai-smoke --engine recorder   | Unknown engine "recorder": did you mean recorded? --engine must be auto, recorded.
            run ai-smoke --env LLM_P95_MS    | --env must be NAME=VALUE, was "LLM_P95_MS".
            run ai-smoke --env =8000         | --env must be NAME=VALUE, was "=8000".
            run ai-smoke --fast              | Unknown option "--fast".
            run                              | Missing required parameter: 'SCENARIO'
            run ai-smoke -e TARGET=moon      | TARGET "moon" has no descriptor
            doctor --port -1                 | --port must be a port, 0 to 65535, was -1.
            doctor --base-url here           | BASE_URL must be an http or https URL such as http://localhost:7002, was "here".
            health --base-url ftp://here     | BASE_URL must be an http or https URL such as http://localhost:7002, was "ftp://here".
            report                           | Missing required parameter: 'PATH'
            compare                          | Missing required parameters: 'BASELINE', 'CANDIDATE'
            run ai-smok                      | Unknown scenario "ai-smok": did you mean ai-smoke? "llm-perf list" names all,
            drive                            | Unknown command "drive": use list, run, plan, report, compare, gate, baseline, capacity, verify, adapt, history,
            docter                           | Unknown command "docter": did you mean doctor?
            run ai-smoke -e DURATON_SCALE=3  | Unknown variable "DURATON_SCALE": the scripts of this kit read DURATION_SCALE.
            run ai-smoke -e target=moon      | Unknown variable "target": the scripts of this kit read TARGET.
            """)
    void badInputIsOneSentenceAndExits64(String line, String sentence) {
        int exitCode = perf.run(RecordedEngine.passing(), line.split(" "));

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err().lines().findFirst().orElse("")).startsWith(sentence);
        assertThat(perf.err()).doesNotContain("\tat ", "Exception");
    }

    /** A start reads the one command that it is about. */
    @Test
    void commandReadAloneHasTheSameHelpAsAmongTheOthers() {
        CommandLine whole = PerfCommand.commandLine(List.of(), new Interruption());

        assertThat(List.of("list", "run", "baseline", "plan")).allSatisfy(name -> {
            CommandLine alone = PerfCommand.commandLine(List.of(), new Interruption(), name);
            assertThat(alone.getSubcommands()).containsOnlyKeys(name);
            assertThat(alone.getSubcommands().get(name).getUsageMessage())
                    .isEqualTo(whole.getSubcommands().get(name).getUsageMessage());
        });
        assertThat(List.of("", "--help", "docter", "completion"))
                .allSatisfy(first -> assertThat(PerfCommand.commandLine(List.of(), new Interruption(), first)
                                .getSubcommands())
                        .hasSameSizeAs(whole.getSubcommands()));
    }

    /** The list of commands shows the first line of each description. */
    @Test
    void firstLineOfEachDescriptionIsASentence() {
        assertThat(PerfCommand.commandLine(List.of(), new Interruption())
                        .getSubcommands()
                        .values())
                .allSatisfy(command -> assertThat(
                                command.getCommandSpec().usageMessage().description()[0])
                        .as(command.getCommandName())
                        .endsWith("."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list --scripts /no/such            | There is no folder /no/such: name that of the scripts with --scripts or",
                "run ai-smoke --scripts /no/such    | There is no folder /no/such: name that of the scripts with --scripts or",
                "run ai.js --scripts /no/such       | There is no folder /no/such: name that of the scripts with --scripts or",
                "report /no/such                    | There is no file or folder /no/such: name a folder that \"llm-perf run\" wrote, or samples of k6.",
                "report . /no/such                  | There is no file or folder /no/such: name a folder that \"llm-perf run\" wrote, or samples of k6."
            })
    void placeThatIsNotThereIsNamedAndExits66(String line, String sentence) {
        int exitCode = perf.run(RecordedEngine.passing(), line.split(" "));

        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.err()).startsWith(sentence).hasLineCount(1);
    }

    @Test
    void listNamesEveryScenario() {
        int exitCode = perf.run(RecordedEngine.passing(), "list");

        assertThat(exitCode).isZero();
        assertThat(perf.out())
                .contains("ai-smoke", "ai-load", "ai-stress", "ai-spike", "mixed", "mixed-heavy", "ai-all");
    }

    @Test
    void listAsJsonNamesScriptAndVariables() throws IOException {
        perf.run(RecordedEngine.passing(), "list", "--json");

        JsonNode listed = new ObjectMapper().readTree(perf.out());
        assertThat(listed)
                .hasSize(ScriptsOption.ofEnvironment().scenarios().all().size() + 1);
        assertThat(listed.get(0).at("/name").asText()).isEqualTo("ai-smoke");
        assertThat(listed.get(0).at("/scripts/0").asText()).isEqualTo("tests/ai-summary.js");
        assertThat(listed.get(0).at("/env/SCENARIO").asText()).isEqualTo("llm_smoke");
    }

    @Test
    void completionKnowsCommandsAndScenarios() {
        int exitCode = perf.run(RecordedEngine.passing(), "completion");

        assertThat(exitCode).isZero();
        assertThat(perf.out()).contains("doctor", "--max-usd", "payload-sweep");
    }

    @Test
    void helpListsEveryExitCode() {
        perf.run(RecordedEngine.passing(), "--help");

        assertThat(perf.out())
                .contains("Exit codes:", "  99    a limit was crossed", "  77    the run would cost money")
                .contains("  255   anything else");
        assertThat(ExitCode.values())
                .allSatisfy(code -> assertThat(perf.out()).containsPattern("(?m)^ +" + code.value() + " +\\w"));
    }

    private static Stream<String> commands() {
        return below(PerfCommand.commandLine(List.of(RecordedEngine.passing()), new Interruption()));
    }

    /** The commands of a command, and theirs, by all their words but the first. */
    private static Stream<String> below(CommandLine command) {
        return command.getSubcommands().values().stream()
                .flatMap(each -> Stream.concat(
                        Stream.of(each.getCommandSpec().qualifiedName().replaceFirst("\\S+ ", "")), below(each)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpOfEachCommandHasAnExample(String command) {
        int exitCode = perf.run(RecordedEngine.passing(), (command + " --help").split(" "));

        assertThat(exitCode).isZero();
        assertThat(perf.out()).contains("Usage: llm-perf " + command, "Example", "llm-perf " + command);
    }

    @ParameterizedTest
    @EmptySource
    @MethodSource("commands")
    void examplesOfEachCommandFitInto80Columns(String command) {
        perf.run(RecordedEngine.passing(), (command + " --help").strip().split(" "));

        String help = perf.out();
        assertThat(help.substring(help.indexOf("Example")).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80).matches("( {2}| {6})?\\S.*|"));
        assertThat(help).doesNotContain("generate-completion");
    }

    @ParameterizedTest
    @EmptySource
    @MethodSource("commands")
    void noExampleIsCutInTheMiddleOfACommand(String command) {
        perf.run(RecordedEngine.passing(), (command + " --help").strip().split(" "));

        assertThat(perf.out()).contains(String.join("\n", footer(command)));
    }

    private static String[] footer(String command) {
        CommandLine asked = PerfCommand.commandLine(List.of(RecordedEngine.passing()), new Interruption());
        for (String word : command.isEmpty() ? new String[0] : command.split(" ")) {
            asked = asked.getSubcommands().get(word);
        }
        return asked.getCommandSpec().usageMessage().footer();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan"})
    void helpHasTheVariablesOfTheScripts(String command) {
        perf.run(RecordedEngine.passing(), command, "--help");

        assertThat(perf.out())
                .contains("Variables of the scripts, by --env or from the environment:")
                .containsPattern("(?m)^ {2}LLM_P95_MS +limit: P95 of summaries in milliseconds; default 8000$")
                .containsPattern("(?m)^ {2}SOAK_USERS +soak: virtual users; default 5$");
        assertThat(perf.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void optionsOfRunStandInOneColumnAndOnce() {
        perf.run(RecordedEngine.passing(), "run", "--help");

        String help = perf.out();
        assertThat(help).startsWith("Usage: llm-perf run [OPTIONS] SCENARIO\n");
        assertThat(help.substring(0, help.indexOf("Variables")).lines().skip(2))
                .allSatisfy(line -> assertThat(line)
                        .matches(" {6}SCENARIO {14}\\S.*|( {6}| {2}-\\w, )--\\S+ +(?<=^.{28})\\S.*| {30}\\S.*|"));
    }

    @Test
    void helpOfListSaysWhatItsJsonHas() {
        perf.run(RecordedEngine.passing(), "list", "--help");

        assertThat(perf.out()).contains("llm-perf list --json    with the script of each and the variables it sets");
    }

    @Test
    void addressOfAnExportIsNotSaidToHaveADefaultThatItRefuses() {
        perf.run(RecordedEngine.passing(), "export", "k6-operator", "--help");

        assertThat(perf.out()).doesNotContain("start the BookStore API");
    }

    @Test
    void variableThatTheScriptRefusesLeavesNoFolderBehind() {
        Path results = folder.resolve("results");

        int exitCode = perf.run(
                new EmbeddedEngineOption(), "run", "ai-smoke", "-e", "DURATION_SCALE=abc", "--out", results.toString());

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).contains("DURATION_SCALE must be a number from 0.001 to 100, was \"abc\".");
        assertThat(results).doesNotExist();
    }

    @Test
    void noCommandIsAUsageError() {
        int exitCode = perf.run(RecordedEngine.passing());

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).contains("Name a command");
    }

    @Test
    void helpAndVersionExit0() {
        assertThat(perf.run(RecordedEngine.passing(), "--help")).isZero();
        assertThat(perf.run(RecordedEngine.passing(), "--version")).isZero();
        assertThat(perf.out()).contains("Examples:", "llm-perf run ai-smoke", "JDK");
    }
}
