package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetDescriptorTest {

    private static final Path scripts = Path.of("k6");

    @TempDir
    private Path folder;

    @Test
    void nameMeansAFileOfTheTargetsFolder() {
        TargetDescriptor hub = TargetDescriptor.read("hub-services", scripts);

        assertThat(hub)
                .isEqualTo(new TargetDescriptor(
                        "hub-services", "http://localhost:8080", "/health", true, Set.of("HUB_TOKEN")));
    }

    @Test
    void pathIsHandedToTheScriptsAsAnAbsoluteOne() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yml"), "baseUrl: http://127.0.0.1:9\n");

        TargetDescriptor mine = TargetDescriptor.read(file.toString(), scripts);

        assertThat(mine)
                .isEqualTo(new TargetDescriptor(
                        file.toAbsolutePath().toString(), "http://127.0.0.1:9", "/", null, Set.of()));
    }

    @Test
    void unknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> TargetDescriptor.read("nowhere", scripts))
                .isInstanceOf(PerfException.class)
                .hasMessage("TARGET \"nowhere\" has no descriptor k6/targets/nowhere.yml: use bookstore, hub-services,"
                        + " or the path of a .yml file.");
    }

    @Test
    void descriptorWithoutBaseUrlSaysWhatItNeeds() throws IOException {
        Path file = Files.writeString(folder.resolve("bare.yml"), "name: bare\n");

        assertThatThrownBy(() -> TargetDescriptor.read(file.toString(), scripts))
                .isInstanceOf(PerfException.class)
                .hasMessage("The target descriptor " + file + " needs the key \"baseUrl\".");
    }

    @Test
    void paidIsYesOrNo() throws IOException {
        Path file = Files.writeString(folder.resolve("maybe.yml"), "baseUrl: http://a\npaid: perhaps\n");

        assertThatThrownBy(() -> TargetDescriptor.read(file.toString(), scripts))
                .isInstanceOf(PerfException.class)
                .hasMessage("The key \"paid\" of the target descriptor " + file
                        + " must be true or false, was \"perhaps\".");
    }

    @Test
    void brokenYamlIsOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.yml"), "baseUrl: [\n");

        assertThatThrownBy(() -> TargetDescriptor.read(file.toString(), scripts))
                .isInstanceOf(PerfException.class)
                .hasMessageStartingWith("The target descriptor " + file + " cannot be read: ")
                .hasMessageEndingWith(".");
    }

    @Test
    void keyThatStandsTwiceIsNamedByItsLine() throws IOException {
        Path file = Files.writeString(
                folder.resolve("twice.yml"), "baseUrl: http://a\nroles:\n  agent: { get: 1 }\n  agent: { get: 2 }\n");

        assertThatThrownBy(() -> TargetDescriptor.read(file.toString(), scripts))
                .isInstanceOf(PerfException.class)
                .hasMessage("The target descriptor " + file + " cannot be read: line 4: found duplicate key agent.");
    }
}
