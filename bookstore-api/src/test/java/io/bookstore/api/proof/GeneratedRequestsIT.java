package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.bookstore.api.proof.Row.Seen;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Row B41 of {@code docs/reliability.md}: generated requests, sixteen at a time, against a packaged service of its own. */
class GeneratedRequestsIT {

    @TestFactory
    Stream<DynamicTest> everyAnswerIsDescribedAndExplainsWhatIsStored() {
        Row row = GeneratedRequests.row();
        return Stream.of(dynamicTest(row.id() + " " + row.done() + ": " + row.must(), () -> {
            Seen seen = Objects.requireNonNull(row.proof()).see();
            if (Boolean.getBoolean("reliability.publish")) {
                ReliabilityTable.publish(row, seen);
            }
            assertThat(ReliabilityTable.published().lines().filter(line -> line.startsWith("| B41 |")))
                    .as(
                            "line of docs/reliability.md; mvn -pl bookstore-api -am verify -Dreliability.publish=true writes it")
                    .containsExactly(ReliabilityTable.line(row, seen));
        }));
    }
}
