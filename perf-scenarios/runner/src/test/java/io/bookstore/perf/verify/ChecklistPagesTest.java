package io.bookstore.perf.verify;

import static io.bookstore.perf.testing.InOrder.inOrder;
import static io.bookstore.perf.verify.SoundService.SOUND;
import static io.bookstore.perf.verify.SoundService.checklist;
import static io.bookstore.perf.verify.SoundService.facts;
import static io.bookstore.perf.verify.SoundService.json;
import static io.bookstore.perf.verify.SoundService.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files and the page of a checklist, and the page of the docs. */
class ChecklistPagesTest {

    private static final String SCORE =
            "25 pass, 1 fail, 4 unknown: nothing that was seen tells of counted-once, trace-context, span-kind, limits.";

    @TempDir
    private Path folder;

    @Test
    void filesSayTheSameAsTheScreen() throws Exception {
        List<Item> items = checklist(facts(folder, with("/malformed/status", "500")));

        ChecklistFile.write(items, folder);

        JsonNode written = json.readTree(folder.resolve("checklist.json").toFile());
        assertThat(written.path("score").asText()).isEqualTo(SCORE);
        assertThat(written.path("passed").asInt()).isEqualTo(25);
        assertThat(written.path("failed").asInt()).isEqualTo(1);
        assertThat(written.path("unknown").asInt()).isEqualTo(4);
        assertThat(written.at("/items/0/name").asText()).isEqualTo("health");
        assertThat(Files.readString(folder.resolve("checklist.xml")))
                .contains("tests=\"30\" failures=\"1\" skipped=\"4\"")
                .contains("<property name=\"score\" value=\"" + SCORE + "\"/>")
                .contains("name=\"malformed-body\"><failure message=\"HTTP 500 Callers retry a 5xx");
    }

    @Test
    void pageShowsEveryItemWithoutANetworkAndNothingOfAServiceAsMarkup() throws Exception {
        List<Item> items = checklist(facts(folder, with("/answers/0/contentType", "\"<img src=x>\"")));

        HtmlChecklist.write("<b>orders</b>", items, folder);

        String page = Files.readString(folder.resolve("checklist.html"));
        assertThat(page)
                .contains("<h1>&lt;b&gt;orders&lt;/b&gt;</h1>", SCORE)
                .containsOnlyOnce("<li><a href=\"#")
                .satisfies(inOrder(
                        "<tr id=\"json\">",
                        "<span class=\"tag bad\">fail</span>",
                        "<td>1 of 2 answers: Content-Type &lt;img src=x&gt;</td>",
                        "<td>An HTML page comes from a proxy or a login;"))
                .satisfies(inOrder("<tr id=\"limits\">", "<span class=\"tag warn\">unknown</span>"));
        assertThat(Pattern.compile("<(link|img|iframe|script)\\b|@import|url\\(")
                        .matcher(page)
                        .results())
                .isEmpty();
    }

    @Test
    void axeFindsNothingOnThePage() throws Exception {
        HtmlChecklist.write(
                "orders", checklist(facts(folder, with("/answers/0/contentType", "\"text/html\""))), folder);

        try (Chromium browser = Chromium.orSkip(folder)) {
            browser.look(400, 800, true);
            browser.open(folder.resolve(HtmlChecklist.NAME));
            assertThat(browser.accessibilityFindings()).isEmpty();
        }
    }

    @Test
    void pageListsEveryItem() throws Exception {
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/verify.md"));

        assertThat(checklist(facts(folder, SOUND)))
                .allSatisfy(item -> assertThat(page).contains("| `" + item.name() + "` | " + item.rule() + " |"));
    }
}
