package io.bookstore.perf.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.cli.CalledCommand;
import io.bookstore.perf.testing.StandInApi;
import io.bookstore.perf.testing.TimedEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate that a program starts, and whose events it reads. */
class GateEventsTest {

    private static final GatedServices services = new GatedServices();

    @TempDir
    Path folder;

    private final TimedEngine engine = services.engine(1.2);
    private final CalledCommand called = new CalledCommand();

    @AfterAll
    static void stopServices() {
        services.close();
    }

    @Test
    void programReadsEachRunAndTheVerdictAndAPersonTheRest() throws IOException {
        int exitCode = run(called.saying(""), services.arguments(session(), "--events", "--pairs", "6"));

        assertThat(exitCode).as(called.err()).isEqualTo(80);
        List<JsonNode> gates = called.events("gate");
        assertThat(gates).hasSize(12);
        JsonNode first = gates.get(0);
        assertThat(first.path("scenario").asText()).isEqualTo("ai-smoke");
        assertThat(first.path("pairsWanted").asInt()).isEqualTo(6);
        assertThat(first.at("/running/pair").asInt()).isEqualTo(1);
        assertThat(first.at("/running/side").asText()).isEqualTo("baseline");
        assertThat(first.path("runs")).isEmpty();
        JsonNode fourth = gates.get(3);
        assertThat(fourth.at("/running/folder").asText()).isEqualTo("baseline/2");
        assertThat(fourth.path("runs")).hasSize(3);
        assertThat(fourth.at("/runs/1/side").asText()).isEqualTo("candidate");
        assertThat(fourth.at("/runs/1/p50Ms").asDouble()).isBetween(1190.0, 1210.0);
        assertThat(fourth.at("/runs/1/requests").asInt()).isEqualTo(200);
        assertThat(fourth.at("/runs/2/folder").asText()).isEqualTo("candidate/2");
        assertThat(called.events("ended")).hasSize(12);
        assertThat(called.err()).contains("pair 1 of 6, candidate: ", "WORSE: llm_response_time.p50 is 20.");
    }

    @Test
    void lastEventIsTheVerdictAsTheFileHasIt() throws IOException {
        run(called.saying(""), services.arguments(session(), "--events", "--pairs", "6"));

        JsonNode last = called.lastEvent();
        assertThat(last.path("event").asText()).isEqualTo("result");
        assertThat(last.at("/comparison/verdict").asText()).isEqualTo("WORSE");
        assertThat(last.at("/comparison/exitCode").asInt()).isEqualTo(80);
        assertThat(last.at("/runs")).hasSize(12);
        JsonNode file = new ObjectMapper().readTree(Files.readString(session().resolve("gate.json")));
        file.fields()
                .forEachRemaining(
                        member -> assertThat(last.path(member.getKey())).isEqualTo(member.getValue()));
        GateJson read = GateJson.in(session()).orElseThrow();
        assertThat(new ObjectMapper().valueToTree(read).at("/comparison/metrics/0/change"))
                .isEqualTo(last.at("/comparison/metrics/0/change"));
    }

    @Test
    void gateAtATerminalLeavesTheFileToo() throws IOException {
        run(called.saying(""), services.arguments(session(), "--pairs", "6", "--strict"));

        assertThat(called.out()).contains("WORSE: llm_response_time.p50 is 20.");
        assertThat(GateJson.in(session()).orElseThrow().comparison().exitCode()).isEqualTo(80);
    }

    @Test
    void programAgreesOnceToTheBillOfAllRuns() throws IOException {
        try (StandInApi paid = StandInApi.ofPaidProvider()) {
            run(
                    called.saying("y\n"),
                    services.arguments(session(), paid, "--events", "--pairs", "6", "--allow", "simulated"));

            assertThat(engine.requests()).isNotEmpty();
            assertThat(called.events("cost")).hasSize(1);
            assertThat(called.events("cost").get(0).path("asked").asBoolean()).isTrue();
        }
    }

    @Test
    void programThatIsGoneEndsTheGate() {
        try (StandInApi paid = StandInApi.ofPaidProvider()) {
            int exitCode = run(InputStream.nullInputStream(), services.arguments(session(), paid, "--events"));

            assertThat(exitCode).isNotZero();
            assertThat(Files.exists(session().resolve("gate.json"))).isFalse();
        }
    }

    @Test
    void eventsAndJsonExcludeEachOther() throws IOException {
        assertThat(run(called.saying(""), services.arguments(session(), "--events", "--json")))
                .isEqualTo(64);
        assertThat(called.err()).startsWith("--json and --events exclude each other: the last event is the result.");
    }

    private int run(InputStream input, String... arguments) {
        return called.run(interruption -> new GateCommand(List.of(engine), interruption, input), arguments);
    }

    private Path session() {
        return folder.resolve("session");
    }
}
