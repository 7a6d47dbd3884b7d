package io.bookstore.perf.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is a load test: the script runs before the method's body, after {@code @BeforeEach}, and the body may take
 * an {@link io.bookstore.perf.results.RunResult} as parameter. A crossed threshold fails the test, as does every exit code
 * but the expected one, with a {@link ScenarioFailure} that tells the reason; the body does not run then.
 *
 * <pre>{@code
 * @PerfScenario(script = "src/test/k6/orders.js", env = "ORDERS=50")
 * void ordersHoldTheirLimits(RunResult result) {
 *     assertThat(result.trend("http_req_duration")).isPresent();
 * }
 * }</pre>
 *
 * <p>Which service is loaded: the one of a test class that is a {@link ServiceUnderLoad}, else the configuration parameter
 * or system property {@code perf.base-url}, else the variable {@code BASE_URL}. Which engine runs: {@code perf.engine},
 * else {@code K6_ENGINE}, else {@code auto}.
 */
@Documented
@Test
@ExtendWith(PerfScenarioExtension.class)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface PerfScenario {

    /** The script's file, relative to the folder that the test runs in; for Maven, the module's. */
    String script();

    /** The script's variables, each as {@code NAME=value}. */
    String[] env() default {};

    /** The expected exit code: 99 for a test of a limit that has to be crossed. Default: 0, passed. */
    int exitCode() default 0;

    /**
     * US dollars that a provider which is not simulated may be paid; the run stops beyond. Default: nothing, so that a test
     * never costs money by accident.
     */
    double maxUsd() default 0;

    /**
     * The folder for {@code report.html}, {@code summary.json}, {@code junit.xml} and the samples. Default:
     * {@code target/perf/CLASS.METHOD}.
     */
    String output() default "";
}
