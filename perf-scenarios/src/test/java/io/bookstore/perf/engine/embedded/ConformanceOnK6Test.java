package io.bookstore.perf.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.run.Engines;
import io.bookstore.perf.testing.TestsOfAnother;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance cases that the embedded engine passes, on k6 itself wherever there is one. */
class ConformanceOnK6Test {

    private static final List<Class<?>> CASES = List.of(
            LifecycleConformanceTest.class,
            ExecutorConformanceTest.class,
            ThresholdConformanceTest.class,
            HttpConformanceTest.class);

    @ParameterizedTest
    @ValueSource(strings = {"binary", "container"})
    void casesHoldOn(String engine) throws Exception {
        EngineOption.Availability availability = Engines.all().stream()
                .filter(option -> option.name().equals(engine))
                .findFirst()
                .orElseThrow()
                .availability();
        assumeThat(availability.available())
                .as("the 40 cases on the %s engine: %s", engine, availability.reason())
                .isTrue();

        // The engine is a property of the JVM, because cases of the embedded one run in this JVM at the same time.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dconformance.engine=" + engine,
                "-cp",
                System.getProperty("java.class.path"),
                TestsOfAnother.class.getName()));
        command.addAll(CASES.stream().map(Class::getName).toList());
        Process cases = new ProcessBuilder(command).redirectErrorStream(true).start();
        String outcomes = new String(cases.getInputStream().readAllBytes());

        assertThat(cases.waitFor()).as(outcomes).isZero();
    }
}
