package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The form of the page proposes the faults that the simulator has. */
class FaultsFormTest {

    private static final Pattern list = Pattern.compile("const FAULTS = \\[(.*?)];", Pattern.DOTALL);
    private static final Pattern entry = Pattern.compile("'([^']+)'");

    @Test
    void formProposesEachFaultOfTheSimulatorAndNoOther() throws IOException {
        List<String> known =
                Stream.of(Fault.names().split(", ")).map(FaultsFormTest::kind).toList();

        assertThat(proposed().map(FaultsFormTest::kind).distinct())
                .hasSizeGreaterThan(20)
                .containsExactlyElementsOf(known);
    }

    @Test
    void eachProposalIsWrittenAsTheSimulatorWritesIt() throws IOException {
        assertThat(proposed())
                .allSatisfy(fault -> assertThat(Fault.parse(fault).text()).isEqualTo(fault));
    }

    private static Stream<String> proposed() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(PageFiles.class.getResourceAsStream("provider-forms.js"), "provider-forms.js")) {
            String script = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            String faults =
                    list.matcher(script).results().findFirst().orElseThrow().group(1);
            return entry.matcher(faults).results().map((MatchResult each) -> each.group(1));
        }
    }

    /** The name without its number, or the place of one. */
    private static String kind(String fault) {
        return fault.replaceFirst("[:\\[].*", "");
    }
}
