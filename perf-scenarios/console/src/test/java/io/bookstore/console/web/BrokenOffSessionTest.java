package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search and a gate that are ended before they have an answer, with a program that speaks as the command does; its last words are progress. */
class BrokenOffSessionTest {

    private static final String PROGRAM = """
            case $1 in
            capacity) echo '{"event":"search","probes":[
            {"perMinute":300,"share":1,"outcome":"holds"},{"perMinute":1200,"share":0.976,"outcome":"in the interval"}]}' | tr -d '\\n'; echo ;;
            gate) echo '{"event":"gate","pairsWanted":8,"runs":[{"pair":1,"side":"candidate"}]}' ;;
            esac
            echo '{"event":"plan","seconds":60,"stages":[]}'
            echo '{"event":"figures","elapsedSeconds":1,"users":2,"requests":7,"failed":0,"failures":{}}'
            cat > /dev/null
            echo 'probe 3, 600 a minute 40 % 12 s left' >&2
            exit 105
            """;

    @TempDir
    private Path folder;

    private TestConsole console;

    @BeforeEach
    void openConsole() throws Exception {
        Path program = Files.writeString(folder.resolve("program.sh"), PROGRAM);
        console = new TestConsole(
                folder.resolve("reports"),
                Checkout.root().resolve("perf-scenarios/k6"),
                List.of(Program.orSkip("sh", "dash").path().toString(), program.toString()));
    }

    @AfterEach
    void closeConsole() {
        if (console != null) {
            console.close();
        }
    }

    @Test
    void searchSaysItsCompleteProbesAndTheWayOn() throws Exception {
        String run = cancelled("{'scenario':'capacity-probe','capacity':{}}");

        assertThat(sentence(run))
                .isEqualTo(
                        "Cancelled after 2 probes; the last one: 1,200 a minute, 97.6 % within limits, in the interval."
                                + " The same command with --out "
                                + console.reports().resolve(run)
                                + " --resume goes on from there.");
    }

    @Test
    void gateSaysItsCompleteRunsAndTheWayOn() throws Exception {
        String run = cancelled("{'scenario':'ai-smoke','gate':{'baselineUrl':'http://a','candidateUrl':'http://b'}}");

        assertThat(sentence(run))
                .isEqualTo("Cancelled after 1 run: pair 1 of 8, candidate. The same command with --out "
                        + console.reports().resolve(run) + " --resume goes on from there.");
    }

    @Test
    void searchOfAConsoleThatEndsIsInterrupted() throws Exception {
        String run = console.start("{'scenario':'capacity-probe','capacity':{}}");
        awaitFigures(run);

        console.close();

        JsonNode record = new ObjectMapper()
                .readTree(console.reports().resolve(run).resolve("console.json").toFile());
        assertThat(record.path("sentence").asText())
                .startsWith("Interrupted after 2 probes; the last one: 1,200 a minute");
    }

    private String cancelled(String request) throws Exception {
        String run = console.start(request);
        awaitFigures(run);
        console.post("/api/runs/" + run + "/cancel", "");
        console.await(run, "cancelled");
        return run;
    }

    private void awaitFigures(String run) {
        Awaitility.await()
                .until(() ->
                        console.json("/api/runs/" + run).at("/live/figures").isObject());
    }

    private String sentence(String run) throws Exception {
        return console.json("/api/runs/" + run).path("sentence").asText();
    }
}
