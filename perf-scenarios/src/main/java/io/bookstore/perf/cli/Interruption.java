package io.bookstore.perf.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and a termination signal into an orderly end: what is running is told to stop, and the JVM waits until the
 * command has cleaned up and written its report.
 */
final class Interruption {

    // Above k6's limit for teardown; a second Ctrl-C does nothing, kill -9 always works.
    private static final long PATIENCE_SECONDS = 75;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode;
    private volatile Runnable reaction = Thread.currentThread()::interrupt;

    /** Reacts from now on; the calling thread is the one that the command runs on. */
    static Interruption install() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::endInOrder, "interruption"));
        return interruption;
    }

    /** What to do instead of interrupting the main thread. */
    void reactWith(Runnable newReaction) {
        reaction = newReaction;
    }

    /** The command is done; the JVM may end. */
    void finished(int code) {
        exitCode = code;
        finished.countDown();
    }

    private void endInOrder() {
        if (finished.getCount() == 0) {
            return;
        }
        reaction.run();
        try {
            if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // A JVM that a signal ends would report the signal; the exit code says more.
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
