package io.bookstore.perf.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    @TempDir
    Path folder;

    private Path jar;
    private Path cache;

    @BeforeEach
    void layOutAProgram() throws IOException {
        Files.createDirectory(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/library.jar"), "library");
        jar = Files.writeString(folder.resolve("program.jar"), "program");
        cache = folder.resolve("cache");
    }

    @Test
    void secondRunMakesTheArchiveThatLaterOnesUse() throws IOException {
        assertThat(archive().flags()).isEmpty();

        // when
        ClassArchive made = archive();

        // then
        assertThat(made.isRecorded()).isTrue();
        assertThat(made.flags().get(0)).startsWith("-XX:ArchiveClassesAtExit=" + cache);
        Files.writeString(Path.of(made.flags().get(0).split("=", 2)[1]), "what the JVM writes");
        made.keep();
        assertThat(archive().isRecorded()).isFalse();
        assertThat(archive().flags().get(0)).startsWith("-XX:SharedArchiveFile=" + cache.resolve("program-"));
        assertThat(Path.of(archive().flags().get(0).split("=", 2)[1])).hasContent("what the JVM writes");
    }

    @Test
    void programThatWasBuiltAnewStartsAnew() throws IOException {
        // given
        assertThat(archive().flags()).isEmpty();

        // when
        Files.writeString(folder.resolve("lib/library.jar"), "another library");

        // then
        assertThat(archive().flags()).isEmpty();
        assertThat(archive().isRecorded()).isTrue();
    }

    @Test
    void jvmThatWasKilledLeavesItToAnother() {
        // given
        assertThat(archive().flags()).isEmpty();

        // when
        archive().keep();

        // then
        assertThat(archive().isRecorded()).isTrue();
    }

    @Test
    void fewArchivesAreKept() throws IOException {
        // given
        Files.createDirectory(cache);
        for (int i = 0; i < 9; i++) {
            Files.writeString(cache.resolve("old-" + i + ".jsa"), "");
        }

        // when
        assertThat(archive().flags()).isEmpty();

        // then
        assertThat(cache.toFile().list((any, name) -> name.endsWith(".jsa"))).hasSize(4);
    }

    @Test
    void userWhoWantsNoneOrHasOneGetsNone() {
        for (int run = 0; run < 3; run++) {
            assertThat(ClassArchive.of(jar, Map.of("PERF_CACHE", "off"), List.of())
                            .flags())
                    .isEmpty();
            assertThat(ClassArchive.of(jar, env(), List.of("-Xshare:off")).flags())
                    .isEmpty();
            assertThat(ClassArchive.of(jar, env(), List.of("-XX:SharedArchiveFile=a"))
                            .flags())
                    .isEmpty();
            assertThat(ClassArchive.of(jar, env(), List.of("-XX:AOTCache=a")).flags())
                    .isEmpty();
        }
    }

    @Test
    void folderOfClassesAndFolderThatCannotBeWrittenHaveNone() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("file"), "");

        // then
        for (int run = 0; run < 3; run++) {
            assertThat(ClassArchive.of(folder, env(), List.of()).flags()).isEmpty();
            assertThat(ClassArchive.of(jar, Map.of("PERF_CACHE", file.toString()), List.of())
                            .flags())
                    .isEmpty();
        }
    }

    private ClassArchive archive() {
        return ClassArchive.of(jar, env(), List.of());
    }

    private Map<String, String> env() {
        return Map.of("PERF_CACHE", cache.toString());
    }
}
