package io.bookstore.perf.cli.adapt;

import static io.bookstore.perf.cli.adapt.AdaptedKit.HELPDESK;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load test on Kubernetes that {@code llm-perf adapt} writes: its secrets and its data. */
class AdaptedPodsTest {

    private final Path home;
    private final AdaptedKit kit;

    AdaptedPodsTest(@TempDir Path home) {
        this.home = home;
        kit = new AdaptedKit(home);
    }

    @Test
    void secretIsNamedButNotRead() throws IOException {
        assertThat(kit.adapt(HELPDESK)).isZero();

        assertThat(kit.text("k6-operator/testrun.yaml")).contains("secretKeyRef", "key: HELPDESK_TOKEN");
        assertThat(kit.text("README.md"))
                .contains("kubectl create secret generic helpdesk-ai-load --from-literal=HELPDESK_TOKEN=...")
                .contains("`kubectl apply --server-side -f k6-operator`");
    }

    @Test
    void secretFileIsProjectedAndItsCommandIsInTheOverview() throws IOException {
        assertThat(kit.adapt(HELPDESK.replace("${HELPDESK_TOKEN}", "${file:keys/token}")))
                .isZero();

        assertThat(kit.text("k6-operator/testrun.yaml")).contains("projected:", "path: targets/keys/token");
        assertThat(kit.text("README.md"))
                .contains(
                        "after `kubectl create secret generic helpdesk-ai-load --from-file=targets__keys__token=keys/token`"
                                + " in the folder of the descriptor, `kubectl apply");
    }

    @Test
    void podsGetTheDataFileOfTheDescriptor() throws IOException {
        Path data = Files.createDirectories(home.resolve("data")).resolve("tickets.csv");
        Files.writeString(data, "id,title\n7,It is broken\n");
        String described = HELPDESK + "items: { file: data/tickets.csv }\n";

        assertThat(kit.adapt(described)).as(kit.err()).isZero();

        assertThat(kit.text("k6-operator/configmap.yaml")).contains("targets__data__tickets.csv", "7,It is broken");
        Files.writeString(data, "x".repeat(1_048_577));
        assertThat(kit.adapt(described)).isEqualTo(64);
        assertThat(kit.adapt(HELPDESK + "items: { file: ../tickets.csv }\n")).isEqualTo(64);
        assertThat(kit.err())
                .containsPattern(
                        ", line 8: the data file data/tickets.csv has 1,048,577 bytes, which with the scripts makes 1,[\\d,]+, and a"
                                + " ConfigMap of Kubernetes holds 1,048,576: shorten it, or let items ask the service for a list by"
                                + " \"path\"\\.\n")
                .endsWith(kit.descriptor()
                        + ", line 8: the data file ../tickets.csv is not below the folder of the descriptor, and"
                        + " pods get nothing else: move it there, and write its path from the descriptor.\n");
    }

    @Test
    void passwordInTheAddressIsRefusedAndNothingIsWritten() throws IOException {
        String described = HELPDESK.replaceFirst("(?m)^baseUrl: .*$", "baseUrl: http://me:quite-secret@helpdesk");

        assertThat(kit.adapt(described)).isEqualTo(64);

        assertThat(kit.err())
                .containsPattern(
                        ", line \\d: this baseUrl has a user or a password before its host, which would stand in the"
                                + " ConfigMap: send them as a header Authorization of the descriptor, with ");
        assertThat(kit.written()).isEmpty();
    }

    @Test
    void passwordInTheAddressOfTheOptionIsRefusedAndNothingIsWritten() throws IOException {
        assertThat(kit.adapt(HELPDESK, "--base-url", "http://me:quite-secret@helpdesk:8080"))
                .isEqualTo(64);

        assertThat(kit.err()).startsWith("BASE_URL has a user or a password before its host, which would stand in");
        assertThat(kit.out() + kit.err()).doesNotContain("quite-secret");
        assertThat(kit.written()).isEmpty();
    }
}
