package io.bookstore.perf.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code meta} of a script as a scenario, and the sentences for one that is not as it must be. */
class ScenariosTest {

    private static final String META = """
            export const meta = {
              // A comment is no harm.
              variables: { DRINK: { default: 'tea', means: "what to serve" } },
              thinkSeconds: [[1, 3], [5, 7],],
              modelPercent: 40,
              scenarios: {
                'tea-time': { description: 'Guests at four o\\'clock', users: [2, 20, 2], length: '8m', env: { DRINK: 'tea' } },
              },
            };
            """;

    @TempDir
    private Path folder;

    @Test
    void metaOfAScriptIsItsScenario() throws IOException {
        script(META);

        Scenario scenario = Scenarios.in(folder).all().get(0);

        assertThat(scenario)
                .isEqualTo(new Scenario(
                        "tea-time",
                        "Guests at four o'clock",
                        "scenarios/tea.js",
                        new Load("8m", List.of(2, 20, 2), List.of()),
                        Map.of("DRINK", "tea"),
                        Map.of(),
                        null));
        assertThat(scenario.load().text()).isEqualTo("2-20-2 users");
        assertThat(Scenarios.in(folder).variablesOf("scenarios/tea.js"))
                .containsExactly(new Variable("DRINK", "tea", "what to serve"));
    }

    @Test
    void scriptNamesTheKeyOfADescriptorThatItNeeds() throws IOException {
        script(META);
        assertThat(Scenarios.in(folder).neededBy("scenarios/tea.js")).isEmpty();

        script(META.replace("modelPercent:", "needs: 'operations.pour', modelPercent:"));

        assertThat(Scenarios.in(folder).neededBy("scenarios/tea.js")).contains("operations.pour");
    }

    @Test
    void exampleOfThePageIsAScenario() throws IOException {
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/scripts.md"));
        int begin = page.indexOf("    export const meta");
        script(page.substring(begin, page.indexOf("    };", begin) + "    };".length())
                .indent(-4));

        assertThat(Scenarios.in(folder).all()).extracting(Scenario::name).containsExactly("tea-time");
    }

    @Test
    void paceIsThePausesAndTheShareOfTheModel() throws IOException {
        Path script = script(META);

        assertThat(Pace.of(script, Map.of()))
                .isEqualTo(new Pace(List.of(new Pace.Pause(1, 3), new Pace.Pause(5, 7)), 0.4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            length: '8m'    | length: 8             | meta.scenarios.tea-time.length of scenarios/tea.js must be a text, was 8.
            length: '8m'    | length: 'long'        | meta.scenarios.tea-time.length of scenarios/tea.js must be a length such as 3m or 10m30s, was "long".
            length: '8m'    | length: '0s'          | meta.scenarios.tea-time.length of scenarios/tea.js must be a length such as 3m or 10m30s, was "0s".
            length: '8m'    | length: '-5m'         | meta.scenarios.tea-time.length of scenarios/tea.js must be a length such as 3m or 10m30s, was "-5m".
            [2, 20, 2]      | 'two'                 | meta.scenarios.tea-time.users of scenarios/tea.js must be a list of whole numbers from 1, was "two".
            [2, 20, 2]      | [0, 2]                | meta.scenarios.tea-time.users of scenarios/tea.js must be a list of whole numbers from 1, was [0,2].
            users: [2, 20, 2], |                    | meta.scenarios.tea-time of scenarios/tea.js needs either "users" or "perMinute".
            users:          | user:                 | meta.scenarios.tea-time of scenarios/tea.js has an unknown key "user"; known are description, length,
            modelPercent: 40 | modelPercent: 400    | meta.modelPercent of scenarios/tea.js must be a number from 0 to 100, was 400.
            modelPercent: 40, |                     | meta of scenarios/tea.js needs the key "modelPercent".
            modelPercent:   | needs: 1, modelPercent: | meta.needs of scenarios/tea.js must be a text, was 1.
            [1, 3]          | [1]                   | meta.thinkSeconds.0 of scenarios/tea.js must be the shortest and the longest pause, was [1].
            [1, 3]          | [3, 1]                | meta.thinkSeconds.0 of scenarios/tea.js must be the shortest and the longest pause, was [3,1].
            { DRINK: 'tea' } | { DRNK: 'tea' }      | Scenario tea-time of scenarios/tea.js has an unknown variable "DRNK": describe it under meta.variables.
            means:          | say:                  | meta.variables.DRINK of scenarios/tea.js has an unknown key "say"; known are default, means.
            '8m'            | minutes(8)            | Line 7 of scenarios/tea.js is no literal, and "meta" must be one:
            '8m'            | '8m', length: '9m'    | Line 7 of scenarios/tea.js has the key "length" for the second time.
            };              | }.scenarios;          | Line 9 of scenarios/tea.js has ".scenarios;" after the literal of "meta": nothing but a semicolon may follow it there.
            };              | }, other = 'tea';     | Line 9 of scenarios/tea.js has ", other = 'tea';" after the literal of "meta": nothing but a semicolon may follow it there.
            'tea-time'      | 'Tea-time'            | The name "Tea-time" in scenarios/tea.js must have only lower-case letters, digits, "-", "_" and ".", begin with
            'tea-time'      | 'tea time'            | The name "tea time" in scenarios/tea.js must have only lower-case letters,
            'tea-time'      | 'tea/time'            | The name "tea/time" in scenarios/tea.js must have only lower-case letters,
            'tea-time'      | '..'                  | The name ".." in scenarios/tea.js must have only lower-case letters,
            'tea-time'      | 'tea.js'              | The name "tea.js" in scenarios/tea.js must have only lower-case letters,
            length:         | suite: 'Teas', length: | The name "Teas" in scenarios/tea.js must have only lower-case letters,
            const meta      | const beta            | Script scenarios/tea.js has no "export const meta", which names its scenarios: add it, or keep the script
            """)
    void metaThatIsNotAsItMustBeIsRefusedInOneSentence(String text, String instead, String sentence)
            throws IOException {
        script(META.replace(text, instead == null ? "" : instead));

        assertThatThrownBy(() -> Scenarios.in(folder)).isInstanceOfSatisfying(PerfException.class, refusal -> {
            assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(refusal).hasMessageStartingWith(sentence).hasMessageMatching(".*[.,]");
        });
    }

    @Test
    void textInBackQuotesIsRefusedByTheNumberOfItsLine() throws IOException {
        script("import http from 'k6/http';\r\n\n// don't\n" + META.replace("'8m'", "`8m`"));

        assertThatThrownBy(() -> Scenarios.in(folder))
                .hasMessage("Line 10 of scenarios/tea.js has a text in back quotes: use ' or \".");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3"})
    void lineOfAMistakeIsTheOneThatAnEditorShows(int blankLines, int more) throws IOException {
        script("\n".repeat(blankLines) + "export const meta =\n" + "\n".repeat(more) + "{ scenarios: tea };\n");

        assertThatThrownBy(() -> Scenarios.in(folder))
                .hasMessageStartingWith("Line " + (blankLines + 1 + more + 1) + " of scenarios/tea.js is no literal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*\n%s*/\nexport default function () {}\n",
                "/* %s",
                "const page = `\n%s`;\n",
                "const slash = /[/'\"`]/;\nconst page = `\n%s`;\n"
            })
    void metaThatIsNoCodeIsNone(String script) throws IOException {
        script(script.formatted(META.replace("// A comment is no harm.", "")));

        assertThatThrownBy(() -> Scenarios.in(folder))
                .hasMessageStartingWith("Script scenarios/tea.js has no \"export const meta\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export  const\tmeta = {",
                "export let meta = {",
                "export var meta={",
                "  export const meta = // it follows\n{",
                "const url = 'http://host/*'; /* no end: */ export const meta = {",
                "const half = 1 / 2; export const meta = {",
                "const quote = /'/; export const meta = {"
            })
    void metaIsFoundHoweverItIsExported(String begin) throws IOException {
        script(META.replace("export const meta = {", begin).replace("};", "} // it ends"));

        assertThat(Scenarios.in(folder).all()).extracting(Scenario::name).containsExactly("tea-time");
    }

    @Test
    void numbersAreThoseOfJavaScript() throws IOException {
        Path script = script(META.replace("[[1, 3], [5, 7],]", "[[.5, 1.5]]")
                .replace("[2, 20, 2]", "[2., 20]")
                .replace("'tea',", "5.,"));

        assertThat(Pace.of(script, Map.of())).isEqualTo(new Pace(List.of(new Pace.Pause(0.5, 1.5)), 0.4));
        assertThat(Scenarios.in(folder).all().get(0).load().users()).containsExactly(2, 20);
        assertThat(Scenarios.in(folder).variablesOf("scenarios/tea.js").get(0).standard())
                .isEqualTo("5");
    }

    @Test
    void suiteWithTheNameOfAScenarioIsRefused() throws IOException {
        script(META.replace("length:", "suite: 'tea_time', length:"));

        assertThatThrownBy(() -> Scenarios.in(folder))
                .hasMessage("The suite tea_time in scenarios/tea.js has the name of a scenario: rename one.");
    }

    @Test
    void nameOfTwoScenariosIsRefused() throws IOException {
        script(META);
        Files.writeString(folder.resolve("scenarios/tee.js"), META);

        assertThatThrownBy(() -> Scenarios.in(folder))
                .hasMessage("Two scenarios are called tea-time, in scenarios/tea.js and scenarios/tee.js: rename one.");
    }

    @Test
    void folderWithoutScriptsIsNamed() {
        Scenarios none = Scenarios.in(folder);

        // A script that is run by its path needs no scenario.
        assertThat(none.variableNames()).isEmpty();
        assertThatThrownBy(none::all)
                .hasMessage(
                        "No scenario in " + folder + ": name the folder of scripts with PERF_SCRIPTS or --scripts.");
    }

    private Path script(String source) throws IOException {
        return Files.writeString(
                Files.createDirectories(folder.resolve("scenarios")).resolve("tea.js"), source);
    }
}
