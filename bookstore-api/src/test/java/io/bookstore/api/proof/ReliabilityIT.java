package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.bookstore.api.proof.Row.Proof;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * What the README says of promises, faults and bad input, a test for each row, against the packaged service.
 *
 * <p>The section of the README is written by {@code mvn -pl bookstore-api -am verify -Dreliability.publish=true}.
 */
class ReliabilityIT {

    private static final ReliabilityTable table = new ReliabilityTable();

    private static World world;

    @BeforeAll
    static void start() {
        world = new World();
    }

    @AfterAll
    static void stop() throws Exception {
        table.write();
        world.close();
    }

    @TestFactory
    Stream<DynamicNode> everyRowHolds() {
        List<Row> generated = List.of(Row.of(
                "B41",
                GeneratedRequests.description(),
                "no 5xx that the route does not promise, no status it does not describe; each 4xx a problem document;"
                        + " nothing stored but what was acknowledged",
                new GeneratedRequests(world)));
        List<Row> slow = WireInputs.slow(world);
        List<Row> inputs =
                sorted(BodyInputs.rows(world), AddressInputs.rows(world), WireInputs.rows(world), slow, generated);
        List<Row> faults = sorted(
                ProviderFaults.rows(world),
                BrokenAnswers.rows(world),
                DependencyFaults.rows(world),
                ProcessFaults.rows(world));
        List<Row> promises = Promises.rows(world);
        table.table(
                "**What bad input gets.** Nothing is written and nothing has to be put right.",
                inputs,
                "Sent",
                "Must get",
                "Gets");
        table.table("**What a fault does.**", faults, "Fault", "Must", "A client gets", "Lost", "Recovery");
        table.table("**What is promised.**", promises, "Promise", "Figure", "Seen");
        return Stream.of(
                tests("Bad input", inputs.stream().filter(row -> !slow.contains(row))),
                tests("Faults", faults.stream()),
                tests("Promises", promises.stream()),
                // They have waited beside all the others.
                tests("Bad input that takes its time", slow.stream()),
                dynamicTest("The table is the README's", ReliabilityIT::tableIsTheOneInTheReadme));
    }

    @SafeVarargs
    private static List<Row> sorted(List<Row>... groups) {
        return Stream.of(groups)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(row -> Integer.valueOf(row.id().substring(1))))
                .toList();
    }

    private static DynamicContainer tests(String name, Stream<Row> rows) {
        return dynamicContainer(name, rows.map(ReliabilityIT::test));
    }

    private static void tableIsTheOneInTheReadme() throws Exception {
        if (Boolean.getBoolean("reliability.publish")) {
            table.publish();
        }
        assertThat(ReliabilityTable.published())
                .as("README.md; mvn -pl bookstore-api -am verify -Dreliability.publish=true writes it")
                .isEqualTo(table.text());
    }

    private static DynamicTest test(Row row) {
        return dynamicTest(row.id() + " " + row.done() + ": " + row.must(), () -> {
            Proof proof = row.proof();
            if (proof == null) {
                table.add(row, new Row.Seen("not shown here: " + row.reason()));
                throw new TestAbortedException(row.id() + " cannot be shown here: " + row.reason());
            }
            table.add(row, proof.see());
        });
    }
}
