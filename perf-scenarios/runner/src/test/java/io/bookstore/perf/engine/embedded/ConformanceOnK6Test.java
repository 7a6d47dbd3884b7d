package io.bookstore.perf.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.engine.k6.K6Version;
import io.bookstore.perf.run.Engines;
import io.bookstore.perf.testing.TestsOfAnother;
import io.bookstore.testing.Command;
import java.io.File;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance cases that the embedded engine passes, on k6 itself wherever there is one. */
class ConformanceOnK6Test {

    private static final List<String> CASES = List.of(
            "io.bookstore.k6.LifecycleConformanceTest",
            "io.bookstore.k6.OverrideConformanceTest",
            "io.bookstore.k6.LanguageConformanceTest",
            "io.bookstore.k6.ExecutorConformanceTest",
            "io.bookstore.k6.ThresholdConformanceTest",
            "io.bookstore.k6.HttpConformanceTest");

    @ParameterizedTest
    @ValueSource(strings = {"binary", "container"})
    void casesHoldOn(String engine) throws Exception {
        EngineOption.Availability availability = Engines.all().stream()
                .filter(option -> option.name().equals(engine))
                .findFirst()
                .orElseThrow()
                .availability();
        assumeTrue(availability.available(), "the cases on the " + engine + " engine: " + availability.reason());
        assumeTrue(
                K6Version.parse(availability.reason())
                                .orElse(K6Version.FOLLOWED)
                                .compareTo(K6Version.FOLLOWED)
                        >= 0,
                "the release of k6 that the cases were written for");

        // The engine is a property of the JVM, because cases of the embedded one run in this JVM at the same time.
        String classPath = "k6-engine/target/test-classes" + File.pathSeparator + System.getProperty("java.class.path");
        Command.Result cases = Command.java(256, "-cp", classPath)
                .and("-Dconformance.engine=" + ChosenEngine.class.getName())
                .and("-D" + ChosenEngine.NAME + "=" + engine)
                .and(TestsOfAnother.class.getName())
                .and(CASES)
                .run();

        assertThat(cases.exitCode()).as(cases.output()).isZero();
    }

    /** The engine of the cases, which know this class by its name alone. */
    public static final class ChosenEngine implements BiFunction<EngineRequest, EngineListener, EngineRun> {
        private static final String NAME = "conformance.engine.name";

        @Override
        public EngineRun apply(EngineRequest request, EngineListener listener) {
            return EngineChoice.choose(System.getProperty(NAME, ""), NAME, Engines.all())
                    .engine()
                    .start(request, listener);
        }
    }
}
