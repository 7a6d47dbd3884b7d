package io.bookstore.perf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages and Make targets say what the scripts say; {@code make pages} writes them anew. */
class ScenarioPagesTest {

    private static final boolean rewrite = Boolean.getBoolean("pages.rewrite");
    private static final String BEGIN = "# scenarios, written by \"make pages\"\n";
    private static final String END = "# end of scenarios\n";

    private final ScenarioPages pages = new ScenarioPages(Scenarios.in(Checkout.scripts()));

    @Test
    void pageOfTheScenariosIsThatOfTheScripts() throws IOException {
        compare(Checkout.root().resolve("perf-scenarios/docs/scenarios.md"), pages.page());
    }

    @Test
    void everyScenarioHasATargetInTheMakefile() throws IOException {
        compareBetweenMarkers(Checkout.root().resolve("Makefile"), pages.makeTargets(pages.names(), " $(BUILT)"));
    }

    @Test
    void scenariosOfSummariesHaveTargetsInTheKit() throws IOException {
        compareBetweenMarkers(
                Checkout.root().resolve("hub-migration/src/kit/kit.mk"),
                pages.makeTargets(List.of("ai-smoke", "ai-load", "ai-stress", "ai-spike", "ai-all"), ""));
    }

    private static void compareBetweenMarkers(Path file, String block) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(BEGIN, END);
        compare(
                file,
                text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + block + text.substring(text.indexOf(END)));
    }

    private static void compare(Path file, String expected) throws IOException {
        if (rewrite) {
            Files.writeString(file, expected);
        }
        assertThat(file).as("make pages writes it anew").hasContent(expected);
    }
}
