package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Checkout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hash by which two runs are known to have run the same. */
class RunOrderTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"TARGET", "RECORDING"})
    void fileThatAVariableNamesIsAPartOfTheScript(String variable) throws Exception {
        Path file = Files.writeString(folder.resolve("file.txt"), "one");
        String first = order(Map.of(variable, file.toString())).scriptHash();

        Files.writeString(file, "another");

        assertThat(order(Map.of(variable, file.toString())).scriptHash())
                .isNotNull()
                .isNotEqualTo(first);
    }

    @Test
    void recordingThatIsNotThereLeavesTheHashUnknown() {
        assertThat(order(Map.of("RECORDING", folder.resolve("none.txt").toString()))
                        .scriptHash())
                .isNull();
    }

    private RunOrder order(Map<String, String> env) {
        return order("scenarios/replay.js", env);
    }

    private RunOrder order(String script, Map<String, String> env) {
        return new RunOrder(
                "replay",
                new RunOrder.Script(Checkout.scripts().resolve(script), env),
                new RunOrder.Service(URI.create("http://localhost:9"), folder, Map.of(), false),
                folder,
                RunOrder.Rules.OF_THE_SCRIPT);
    }
}
