package io.bookstore.genai;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.bookstore.genai.spans.CheckSpansCommandProvider;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

class CommandsTest {

    private final PerfLine perf = new PerfLine();

    @ParameterizedTest
    @ValueSource(strings = {"check-spans", "prices"})
    void helpHasExamplesThatFitInto80Columns(String command) {
        assertThat(perf.run(command, "--help")).isZero();

        String help = perf.out();
        assertThat(help).contains("Usage: llm-perf " + command, "  llm-perf " + command + " ");
        assertThat(help.substring(help.indexOf("Examples:")).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80).matches("( {2})?\\S.*|"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-spans", "prices"})
    void everyOptionOfTheReadmeExists(String command) throws IOException {
        CommandSpec spec = PerfLine.command(command);
        String readme = Files.readString(Checkout.root().resolve("perf-scenarios/README.md"));
        String row = readme.lines()
                .filter(line -> line.startsWith("| `llm-perf " + command))
                .findFirst()
                .orElseThrow();

        assertThat(Pattern.compile("`(--[a-z0-9-]+)").matcher(row).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(
                        option -> assertThat(spec.findOption(option)).as(option).isNotNull());
    }

    @Test
    void packagesDependOnEachOtherOneWayOnly() {
        URL classes = CheckSpansCommandProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();

        slices().matching("io.bookstore.(**)")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter().importUrl(classes));
    }
}
