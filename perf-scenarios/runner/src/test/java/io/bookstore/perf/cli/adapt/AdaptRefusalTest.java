package io.bookstore.perf.cli.adapt;

import static io.bookstore.perf.cli.adapt.AdaptedKit.HELPDESK;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code llm-perf adapt} writes no kit whose scripts would refuse its descriptor. */
class AdaptRefusalTest {

    private final AdaptedKit kit;

    AdaptRefusalTest(@TempDir Path home) {
        kit = new AdaptedKit(home);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            delete: { method: DELETE, path: "/tickets/{id}" }  | line 7: operations.delete would delete what the run has not created: write {createdId}, the id of what it has, in path, headers or body.
            update: { method: PUT, path: "/tickets/{title}" }  | line 7: operations.update would update what the run has not created: write {createdId}, the id of what it has, in path, headers or body.
            """)
    void changeOfOtherDataIsRefusedAsByEachScript(String operation, String sentence) throws IOException {
        assertThat(kit.adapt(HELPDESK.replace("metrics:", "  " + operation + "\nmetrics:")))
                .isEqualTo(64);

        assertThat(kit.err()).isEqualTo("Target \"" + kit.descriptor() + "\", " + sentence + "\n");
        assertThat(kit.written()).isEmpty();
    }

    @Test
    void secretThatIsNotHereYetHindersNothing() throws IOException {
        assertThat(kit.adapt(HELPDESK.replace("Bearer ${HELPDESK_TOKEN}", "Bearer ${file:secrets/token}")))
                .as(kit.err())
                .isZero();
    }
}
