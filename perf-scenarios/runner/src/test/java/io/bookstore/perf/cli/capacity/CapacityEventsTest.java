package io.bookstore.perf.cli.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.cli.CalledCommand;
import io.bookstore.perf.testing.StandInApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that a program starts, and whose events it reads. */
class CapacityEventsTest {

    private static final SearchedService service = new SearchedService();

    @TempDir
    Path folder;

    private final PacedEngine engine = new PacedEngine(84);
    private final CalledCommand called = new CalledCommand();

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void programReadsEachProbeTheIntervalSoFarAndTheAnswerAndAPersonTheRest() throws IOException {
        int exitCode = run(called.saying(""), service.arguments(session(), "--events"));

        assertThat(exitCode).as(called.err()).isZero();
        List<JsonNode> searches = called.events("search");
        JsonNode first = searches.get(0);
        assertThat(first.path("scenario").asText()).isEqualTo("capacity-probe");
        assertThat(first.path("from").asDouble()).isEqualTo(10);
        assertThat(first.path("to").asDouble()).isEqualTo(300);
        assertThat(first.path("attainment").asDouble()).isEqualTo(0.95);
        assertThat(first.path("mostProbes").asInt()).isEqualTo(10);
        assertThat(first.at("/probing/number").asInt()).isEqualTo(1);
        assertThat(first.at("/probing/perMinute").asDouble()).isEqualTo(10);
        assertThat(first.path("probes")).isEmpty();
        JsonNode fourth = searches.get(7);
        assertThat(fourth.has("probing")).isFalse();
        assertThat(fourth.path("lowerPerMinute").asDouble()).isBetween(50.0, 54.76);
        assertThat(fourth.path("upperPerMinute").asDouble()).isEqualTo(128.2);
        assertThat(fourth.path("probes")).hasSize(4);
        assertThat(fourth.at("/probes/0/outcome").asText()).isEqualTo("holds");
        assertThat(fourth.at("/probes/3/perMinute").asDouble()).isEqualTo(128.2);
        assertThat(fourth.at("/probes/3/share").asDouble(1)).isZero();
        assertThat(fourth.at("/probes/3/p95Ms").asDouble()).isEqualTo(9_000);
        assertThat(fourth.at("/probes/3/outcome").asText()).isEqualTo("does not hold");
        assertThat(fourth.at("/probes/3/folder").asText()).isEqualTo("probe-4");
        assertThat(called.events("ended")).hasSize(engine.rates().size());
    }

    @Test
    void lastEventIsTheAnswerAsTheFileHasIt() throws IOException {
        run(called.saying(""), service.arguments(session(), "--events", "--probes", "5"));

        JsonNode last = called.lastEvent();
        assertThat(last.path("event").asText()).isEqualTo("result");
        assertThat(last.path("ending").asText()).isEqualTo("probes-used");
        JsonNode file = new ObjectMapper().readTree(Files.readString(session().resolve("capacity.json")));
        file.fields()
                .forEachRemaining(
                        member -> assertThat(last.path(member.getKey())).isEqualTo(member.getValue()));
        assertThat(CapacityJson.in(session()).orElseThrow().sentence())
                .isEqualTo(last.path("sentence").asText());
        assertThat(called.err()).contains("probe 1, 10 a minute: 10 of 10 good, 100 %", "does not hold");
    }

    @Test
    void programAgreesOnceToTheBillOfAllProbes() throws IOException {
        try (StandInApi paid = StandInApi.ofPaidProvider()) {
            int exitCode = run(called.saying("y\n"), arguments(paid));

            assertThat(exitCode).as(called.err()).isZero();
            assertThat(called.events("cost")).hasSize(1);
            assertThat(called.events("cost").get(0).path("asked").asBoolean()).isTrue();
            assertThat(called.events("cost").get(0).path("usd").asDouble()).isPositive();
        }
    }

    @Test
    void programThatIsGoneAgreesToNothing() {
        try (StandInApi paid = StandInApi.ofPaidProvider()) {
            assertThat(run(InputStream.nullInputStream(), arguments(paid))).isNotZero();
            assertThat(engine.requests()).isEmpty();
        }
    }

    @Test
    void eventsAndJsonExcludeEachOther() throws IOException {
        assertThat(run(called.saying(""), service.arguments(session(), "--events", "--json")))
                .isEqualTo(64);
        assertThat(called.err()).startsWith("--json and --events exclude each other: the last event is the result.");
    }

    private String[] arguments(StandInApi paid) {
        return new String[] {
            "capacity",
            "--base-url",
            paid.baseUrl().toString(),
            "--out",
            session().toString(),
            "--probes",
            "3",
            "--events"
        };
    }

    private int run(InputStream input, String... arguments) {
        return called.run(interruption -> new CapacityCommand(List.of(engine), interruption, input), arguments);
    }

    private Path session() {
        return folder.resolve("session");
    }
}
