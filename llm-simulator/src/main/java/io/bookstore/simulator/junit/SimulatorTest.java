package io.bookstore.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Gives the tests of a class a simulator on a free port of loopback; on a method it changes the settings for that test.
 *
 * <p>Methods may ask for it by parameter: a {@code SimulatorServer}, its base {@code URI}, its {@code Journal}, its
 * {@link TestAnswers}. The port stays
 * the same for the whole class, nested classes included. Before each test everything else is as if the simulator had just
 * been started. The tests of one class run one after the other, since they share it.
 *
 * <p>A test that fails tells the seed it had; {@code -Dllm-simulator.seed=NUMBER} gives that seed to every test of a run.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SimulatorExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface SimulatorTest {

    /** Takes the seed from the test's class and name: another for each test, and the same in every run. */
    long SEED_FROM_NAME = Long.MIN_VALUE;

    /** A profile that comes with the simulator; by default one without any latency. */
    String profile() default "zero";

    /** The seed of all random draws. */
    long seed() default SEED_FROM_NAME;

    /** Makes a test fail if a client behaved badly towards a provider, by {@code SimulatorServer.verdicts()}. */
    boolean requireGoodClients() default false;
}
