package io.bookstore.perf.cli.adapt;

import static io.bookstore.perf.cli.adapt.AdaptedKit.HELPDESK;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are written again: every change is shown, and nothing that a person wrote is lost unasked. */
class AdaptAgainTest {

    private final Path home;
    private final AdaptedKit kit;

    AdaptAgainTest(@TempDir Path home) {
        this.home = home;
        kit = new AdaptedKit(home);
    }

    @Test
    void secondTimeShowsWhatChanges() throws IOException {
        assertThat(kit.adapt(HELPDESK)).isZero();
        String first = kit.out();
        assertThat(kit.adapt(HELPDESK)).isZero();
        String unchanged = kit.out().substring(first.length());

        assertThat(kit.adapt(HELPDESK.replace("8080", "8081"))).isZero();

        assertThat(first).doesNotContain("+++");
        assertThat(unchanged).contains("0 of 13 files written").doesNotContain("+++");
        assertThat(kit.out())
                .contains(
                        "--- prometheus/prometheus.yml\n+++ prometheus/prometheus.yml\n",
                        "-      - targets: [helpdesk:8080]\n+      - targets: [helpdesk:8081]\n",
                        "4 of 13 files written");
        assertThat(kit.text("prometheus/prometheus.yml")).contains("targets: [helpdesk:8081]");
    }

    @Test
    void checkShowsTheDifferenceAndWritesNothing() throws IOException {
        assertThat(kit.adapt(HELPDESK)).isZero();
        assertThat(kit.adapt(HELPDESK, "--check")).as(kit.out()).isZero();

        assertThat(kit.adapt(HELPDESK.replace("name: helpdesk", "name: desk"), "--check"))
                .isEqualTo(85);

        assertThat(kit.out()).contains("--- grafana/helpdesk-perf.json\n+++ /dev/null\n", "files differ in ");
        assertThat(kit.written()).contains("grafana/helpdesk-perf.json").doesNotContain("grafana/desk-perf.json");
    }

    @Test
    void fileThatIsNoLongerMadeGoesAway() throws IOException {
        assertThat(kit.adapt(HELPDESK)).isZero();

        assertThat(kit.adapt(HELPDESK.replace("name: helpdesk", "name: desk"))).isZero();

        assertThat(kit.written()).contains("grafana/desk-perf.json").doesNotContain("grafana/helpdesk-perf.json");
    }

    @Test
    void changeByHandIsNotOverwrittenUnlessAgreed() throws IOException {
        assertThat(kit.adapt(HELPDESK)).isZero();
        Path runbook = home.resolve("out/RUNBOOK.md");
        Files.writeString(runbook, "Ask Jo.\n");

        assertThat(kit.adapt(HELPDESK)).isEqualTo(77);

        assertThat(runbook).hasContent("Ask Jo.");
        assertThat(kit.out()).contains("\n-Ask Jo.\n+# Runbook of helpdesk\n");
        assertThat(kit.err())
                .isEqualTo("Changed by hand in " + kit.folder()
                        + ": RUNBOOK.md. Nothing was written: move the changes into the"
                        + " descriptor, or overwrite them with --yes.\n");
        assertThat(kit.adapt(HELPDESK, "--yes")).isZero();
        assertThat(kit.text("RUNBOOK.md")).startsWith("# Runbook of helpdesk");
    }

    @Test
    void fileThatWasThereBeforeIsNotOverwrittenUnlessAgreed() throws IOException {
        Path makefile = Files.createDirectories(home.resolve("out")).resolve("Makefile");
        Files.writeString(makefile, "all:\n");

        assertThat(kit.adapt(HELPDESK)).isEqualTo(77);

        assertThat(makefile).hasContent("all:");
        assertThat(kit.written()).containsExactly("Makefile");
    }

    @Test
    void brokenChecksumsAreNamed() throws IOException {
        assertThat(kit.adapt(HELPDESK)).isZero();
        Files.writeString(home.resolve("out/.llm-perf-adapt.json"), "{");

        assertThat(kit.adapt(HELPDESK)).isEqualTo(66);

        assertThat(kit.err())
                .endsWith(
                        "out/.llm-perf-adapt.json cannot be read: restore the file, or remove it to have every file of"
                                + " the folder taken as changed by hand.\n");
    }

    @Test
    void folderThatIsAFileIsNamed() throws IOException {
        Files.writeString(home.resolve("out"), "");

        assertThat(kit.adapt(HELPDESK)).isEqualTo(66);

        assertThat(kit.err())
                .startsWith("Cannot write to " + kit.folder())
                .endsWith(": name another folder with -o.\n");
    }
}
