package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.bookstore.api.proof.Row.Proof;
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
        return Stream.of(
                rows(
                        "**What bad input gets.** Nothing is written and nothing has to be put right.",
                        List.of("Sent", "Must get", "Gets"),
                        List.of(BodyInputs.rows(world), AddressInputs.rows(world), WireInputs.rows(world))),
                rows(
                        "**What a fault does.**",
                        List.of("Fault", "Must", "A client gets", "Lost", "Recovery"),
                        List.of(ProviderFaults.rows(world))),
                dynamicTest("The table is the README's", ReliabilityIT::tableIsTheOneInTheReadme));
    }

    private static void tableIsTheOneInTheReadme() throws Exception {
        if (Boolean.getBoolean("reliability.publish")) {
            table.publish();
        }
        assertThat(ReliabilityTable.published())
                .as("README.md; mvn -pl bookstore-api -am verify -Dreliability.publish=true writes it")
                .isEqualTo(table.text());
    }

    private static DynamicContainer rows(String title, List<String> columns, List<List<Row>> groups) {
        table.table(title, columns.toArray(String[]::new));
        List<Row> rows = groups.stream().flatMap(List::stream).toList();
        rows.forEach(table::unproven);
        return dynamicContainer(
                title.replaceAll("\\*\\*(.*?)\\.\\*\\*.*", "$1"), rows.stream().map(ReliabilityIT::test));
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
