package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The build runs all tests twice; this one says that the second run is not the first again. */
class OpenTelemetryVersionTest {

    @Test
    void testsRunWithTheVersionThatTheBuildNames() {
        String version = System.getProperty("opentelemetry.version");
        Assumptions.assumeTrue(version != null, "opentelemetry.version is set by the second run only");

        assertThat(Resource.getDefault().getAttribute(AttributeKey.stringKey("telemetry.sdk.version")))
                .isEqualTo(version);
    }
}
