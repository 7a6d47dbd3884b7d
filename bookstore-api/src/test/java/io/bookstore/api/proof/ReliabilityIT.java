package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * The rows of {@code docs/reliability.md} on promises, faults and bad input, a test each, against the packaged service.
 *
 * <p>The tables of the page are written by {@code mvn -pl bookstore-api -am verify -Dreliability.publish=true}.
 */
class ReliabilityIT {

    private static final ReliabilityTable table = new ReliabilityTable();

    private static World world;
    private static RowRuns runs;

    @BeforeAll
    static void start() {
        world = new World();
        runs = new RowRuns(world.service());
    }

    @AfterAll
    static void stop() throws Exception {
        runs.close();
        table.write();
        world.close();
    }

    @TestFactory
    Stream<DynamicNode> everyRowHolds() {
        List<Row> slow = WireInputs.slow(world);
        List<Row> inputs = sorted(BodyInputs.rows(world), AddressInputs.rows(world), WireInputs.rows(world));
        List<Row> faults = sorted(
                ProviderFaults.rows(world),
                BrokenAnswers.rows(world),
                DependencyFaults.rows(world),
                ProcessFaults.rows(world));
        List<Row> promises = Promises.rows(world);
        List<Row> attacks = Attacks.rows(world);
        schedule(slow, attacks, inputs, faults, promises);
        table.table(
                "**What bad input gets.** Nothing is written and nothing has to be put right.",
                // The last of them is shown by GeneratedRequestsIT.
                sorted(inputs, slow, attacks, List.of(GeneratedRequests.row())),
                "Sent",
                "Must get",
                "Gets");
        table.table("**What a fault does.**", faults, "Fault", "Must", "A client gets", "Lost", "Recovery");
        table.table("**What is promised.**", promises, "Promise", "Figure", "Seen");
        return Stream.of(
                tests("Bad input", inputs),
                tests("Faults", faults),
                tests("Promises", promises),
                tests("Bad input that takes its time", slow),
                tests("Clients that take more than they give", attacks),
                dynamicTest("The table is the one of the page", ReliabilityIT::tableIsTheOneOfThePage));
    }

    /**
     * Starts every row. Those that share nothing run beside each other: those that start services of their own, those of
     * the services that are watched, those of the two services with a short deadline, and the world's, where bad input comes
     * first, since nothing may be written meanwhile.
     */
    private static void schedule(
            List<Row> slow, List<Row> attacks, List<Row> inputs, List<Row> faults, List<Row> promises) {
        Map<String, Row> rows = Stream.of(faults, promises)
                .flatMap(List::stream)
                .filter(row -> row.proof() != null)
                .collect(Collectors.toMap(Row::id, row -> row));
        CompletableFuture<?> now = CompletableFuture.completedFuture(null);
        CompletableFuture<?> waiting = runs.together(slow, now);
        Map<Boolean, List<Row>> attacksByLength = attacks.stream()
                .collect(Collectors.partitioningBy(row -> row.id().equals(Attacks.LONG)));
        CompletableFuture<?> processes = RowRuns.all(Stream.of(
                runs.inTurn(take(rows, "F21", "F20"), now),
                runs.inTurn(take(rows, "F27"), runs.inTurn(attacksByLength.get(true), now)),
                runs.inTurn(attacksByLength.get(false), runs.inTurn(take(rows, "P15"), now))));
        CompletableFuture<?> stopping = runs.inTurn(take(rows, "F19", "F17", "F24", "P10"), now);
        CompletableFuture<?> cold = runs.together(take(rows, "F16", "P11"), now);
        CompletableFuture<?> silent = runs.together(take(rows, "F1", "F5", "F6", "F7", "F9"), cold);
        CompletableFuture<?> shortDeadline = runs.inTurn(take(rows, "F23"), silent);
        CompletableFuture<?> input = runs.inTurn(inputs, now);
        CompletableFuture<?> longDeadline = RowRuns.all(Stream.of(
                runs.inTurn(take(rows, "F3", "F8", "F10", "F13", "F15", "P6 (2)"), input),
                runs.inTurn(take(rows, "F2", "F4", "F11", "F12", "F14", "F28", "F26"), input),
                runs.inTurn(take(rows, "P5", "P6", "P7", "P8", "P3"), input),
                runs.inTurn(take(rows, "F18", "P9"), input)));
        // These count what the service has done, so nobody else may use it.
        CompletableFuture<?> all = RowRuns.all(Stream.of(processes, stopping, shortDeadline, longDeadline));
        var unused =
                RowRuns.all(Stream.of(waiting, runs.inTurn(take(rows, "F25", "P1", "P4", "P12", "P2", "P14"), all)));
        if (!rows.isEmpty()) {
            throw new IllegalStateException("Nobody starts " + rows.keySet());
        }
    }

    private static List<Row> take(Map<String, Row> rows, String... ids) {
        return Stream.of(ids)
                .map(id -> Objects.requireNonNull(rows.remove(id), id))
                .toList();
    }

    @SafeVarargs
    private static List<Row> sorted(List<Row>... groups) {
        return Stream.of(groups)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(row -> Integer.valueOf(row.id().substring(1))))
                .toList();
    }

    private static DynamicContainer tests(String name, List<Row> rows) {
        return dynamicContainer(name, rows.stream().map(ReliabilityIT::test));
    }

    private static void tableIsTheOneOfThePage() throws Exception {
        if (Boolean.getBoolean("reliability.publish")) {
            table.publish();
        }
        assertThat(table.differences())
                .as(
                        "lines of docs/reliability.md; mvn -pl bookstore-api -am verify -Dreliability.publish=true writes them")
                .isEmpty();
    }

    private static DynamicTest test(Row row) {
        return dynamicTest(row.id() + " " + row.done() + ": " + row.must(), () -> {
            if (row.proof() == null) {
                table.add(row, new Row.Seen("not shown here: " + row.reason()));
                throw new TestAbortedException(row.id() + " cannot be shown here: " + row.reason());
            }
            table.add(row, runs.await(row));
        });
    }
}
