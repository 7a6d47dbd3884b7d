package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadJvmTest {

    private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

    @TempDir
    Path folder;

    @Test
    void runGetsAParallelCollectorABoundedHeapAndTheFirstCompilerAlone() {
        assertThat(on17().flags(List.of("run", "ai-load")))
                .containsExactly(
                        "-XX:+UseParallelGC", "-Xmx1024m", "-Xms96m", "-XX:MaxNewSize=32m", FIRST_COMPILER_ALONE);
    }

    @Test
    void newestJdkGetsTheCollectorThatLetsTheHeapStaySmall() {
        assertThat(new LoadJvm(25, List.of(), Map.of(), 8192).flags(List.of("run", "ai-load")))
                .contains("-XX:+UseSerialGC", "-Xms96m")
                .doesNotContain("-XX:+UseParallelGC");
    }

    @Test
    void gateGetsTheFlagsOfARunSoThatTheirRunsCanBeCompared() {
        assertThat(on17().flags(List.of("gate", "ai-load"))).isEqualTo(on17().flags(List.of("run", "ai-load")));
    }

    @Test
    void planReadsTheScriptsWithTheSameFlags() {
        assertThat(on17().flags(List.of("plan", "ai-all"))).isEqualTo(on17().flags(List.of("run", "ai-load")));
    }

    @Test
    void consoleGetsASmallHeapBesideTheService() {
        assertThat(on17().flags(List.of("console", "--port", "0")))
                .containsExactly("-XX:+UseSerialGC", "-Xmx512m", FIRST_COMPILER_ALONE);
        assertThat(on17().flags(List.of("console", "--help"))).isEmpty();
    }

    @Test
    void smallMachineGivesAQuarterOfItsMemory() {
        assertThat(new LoadJvm(17, List.of(), Map.of(), 2048).flags(List.of("run", "ai-load")))
                .contains("-Xmx512m");
    }

    @Test
    void newerJdkDoesNotWarnOfWhatTheScriptEngineUses() {
        assertThat(new LoadJvm(25, List.of(), Map.of(), 8192).flags(List.of("run", "ai-load")))
                .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx300m", "-Xmn20m", "-XX:MaxRAMPercentage=50", "-XX:NewSize=4m", "-XX:MaxHeapSize=1g"})
    void heapOfTheUserWins(String flag) {
        assertThat(given(flag).flags(List.of("run", "ai-load")))
                .containsExactly("-XX:+UseParallelGC", FIRST_COMPILER_ALONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseZGC"})
    void collectorOfTheUserWins(String flag) {
        assertThat(given(flag).flags(List.of("run", "ai-load")))
                .noneMatch(ours -> ours.endsWith("GC"))
                .contains("-Xmx1024m", FIRST_COMPILER_ALONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:TieredStopAtLevel=4", "-XX:-TieredCompilation", "-Xint"})
    void compilerOfTheUserWins(String flag) {
        assertThat(given(flag).flags(List.of("run", "ai-load"))).doesNotContain(FIRST_COMPILER_ALONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-javaagent:a.jar", "-agentlib:jdwp=transport=dt_socket,server=y,address=5005"})
    void agentThatWasMeantForOneJvmStaysInIt(String flag) {
        assertThat(given(flag).flags(List.of("run", "ai-load"))).isEmpty();
    }

    @Test
    void nothingIsLeftToAddWhenTheUserChoseEverything() {
        assertThat(given("-XX:+UseSerialGC", "-Xmx1g", "-XX:TieredStopAtLevel=4")
                        .flags(List.of("run", "ai-load")))
                .isEmpty();
    }

    @Test
    void switchKeepsTheRunInTheJvmThatWasStarted() {
        assertThat(new LoadJvm(17, List.of(), Map.of("PERF_LAUNCHER", "off"), 8192).flags(List.of("run", "ai-load")))
                .isEmpty();
    }

    @Test
    void commandThatGeneratesNoLoadStaysToo() {
        assertThat(on17().flags(List.of())).isEmpty();
        assertThat(on17().flags(List.of("report", "reports/a"))).isEmpty();
        assertThat(on17().flags(List.of("run", "--help"))).isEmpty();
        assertThat(on17().flags(List.of("gate", "--help"))).isEmpty();
        assertThat(on17().flags(List.of("run", "ai-load", "--engine", "binary")))
                .isEmpty();
        assertThat(new LoadJvm(17, List.of(), Map.of("K6_ENGINE", "container"), 8192).flags(List.of("run", "a.js")))
                .isEmpty();
    }

    @Test
    void scriptOfManyMinutesGetsBothCompilers() throws IOException {
        // given
        Path half = script("export const options = { stages: [{ duration: '2m', target: 9 }, { duration: '30s' }] };");
        Path whole = script("export const options = { scenarios: { a: { \"duration\": \"1h\", vus: 9 } } };");

        // then
        assertThat(on17().flags(List.of("run", half.toString()))).contains(FIRST_COMPILER_ALONE);
        assertThat(on17().flags(List.of("run", whole.toString()))).doesNotContain(FIRST_COMPILER_ALONE);
    }

    @Test
    void lengthOfTheOptionsWinsOverTheScripts() throws IOException {
        // given
        Path hour = script("export const options = { vus: 9, duration: '1h' };");

        // then
        assertThat(on17().flags(List.of("run", "--duration=20s", hour.toString())))
                .contains(FIRST_COMPILER_ALONE);
        assertThat(new LoadJvm(17, List.of(), Map.of("K6_STAGES", "10s:5,20m:5"), 8192).flags(List.of("run", "a.js")))
                .doesNotContain(FIRST_COMPILER_ALONE);
    }

    private static LoadJvm on17() {
        return given();
    }

    private static LoadJvm given(String... flags) {
        return new LoadJvm(17, List.of(flags), Map.of(), 8192);
    }

    private Path script(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "script", ".js"), text);
    }
}
