package io.bookstore.perf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on target descriptors has the fields that the scripts accept, and no others. */
class TargetPageTest {

    @Test
    void pageDocumentsEveryFieldInTheOrderOfTheScripts() throws IOException {
        Map<String, List<String>> accepted = new TreeMap<>();
        Literal keys = Literal.exported(
                        "KEYS",
                        "lib/descriptor.js",
                        Files.readString(Checkout.scripts().resolve("lib/descriptor.js")))
                .orElseThrow();
        keys.entries()
                .forEach((kind, fields) -> accepted.put(
                        kind.isEmpty() ? "descriptor" : kind,
                        fields.elements().stream().map(Literal::text).toList()));

        assertThat(documented()).isEqualTo(accepted);
    }

    /** The fields in the first column of each section's table. */
    private static Map<String, List<String>> documented() throws IOException {
        Map<String, List<String>> documented = new TreeMap<>();
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/targets.md"));
        for (String section : page.substring(page.indexOf("\n## ")).split("\n## ")) {
            if (!section.isBlank()) {
                documented.put(
                        section.lines().findFirst().orElseThrow().toLowerCase(java.util.Locale.ROOT),
                        Pattern.compile("(?m)^\\| `(\\w+)`")
                                .matcher(section)
                                .results()
                                .map((MatchResult field) -> field.group(1))
                                .toList());
            }
        }
        return documented;
    }
}
