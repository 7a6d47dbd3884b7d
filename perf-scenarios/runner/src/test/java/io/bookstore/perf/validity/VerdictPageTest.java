package io.bookstore.perf.validity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on verdicts lists every rule as it is. */
class VerdictPageTest {

    @Test
    void rulesAreListedAsTheyAre() throws IOException {
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/verdict.md"));
        List<String> rows = Stream.of(ValidityRule.values())
                .map(rule -> "| `%s` | %s | %s | %s |"
                        .formatted(
                                rule.label(),
                                rule.brokenWhen(),
                                rule.consequence().label(),
                                rule.source()))
                .toList();

        assertThat(page.lines().filter(line -> line.startsWith("| `"))).containsExactlyElementsOf(rows);
    }
}
