package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The build runs all tests twice; this one says that the second run is not the first again. */
class InstrumentationVersionTest {

    @Test
    void testsRunWithTheVersionThatTheBuildNames() {
        String version = System.getProperty("instrumentation.version");
        Assumptions.assumeTrue(version != null, "instrumentation.version is set by the build only");

        String jar = Instrumenter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();

        assertThat(jar).endsWith("opentelemetry-instrumentation-api-" + version + ".jar");
    }
}
