package io.bookstore.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Sets the longest time that {@code await()} waits in any test, before the first test of a JVM runs.
 *
 * <p>Awaitility's own 10 s is a limit that a busy machine crosses. Four minutes is one that only a defect crosses, and it is
 * below the five minutes that the root POM gives a whole test, so that the message names the condition and not the test.
 */
public final class WaitLimit implements TestExecutionListener {

    /** The longest wait for something that must happen at all. */
    public static final Duration LIMIT = Duration.ofMinutes(4);

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Awaitility.setDefaultTimeout(LIMIT);
    }
}
