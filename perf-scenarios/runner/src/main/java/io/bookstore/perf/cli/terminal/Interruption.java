package io.bookstore.perf.cli.terminal;

import io.bookstore.perf.ExitCode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * Turns Ctrl-C and a termination signal into an orderly end: what is running is told to stop, and the JVM waits until the
 * command has cleaned up and written its report.
 *
 * <p>It handles the signals themselves. In a shutdown hook the hooks of libraries would run at the same time, and that of
 * Testcontainers removes the container whose files are still to be fetched.
 */
public final class Interruption {

    // Above k6's limit for teardown; a second Ctrl-C does nothing, kill -9 always works.
    private static final long PATIENCE_SECONDS = 75;

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Thread main = Thread.currentThread();
    private final Runnable lastResort;
    private volatile boolean mainInterrupted;
    private volatile Runnable reaction = this::interruptMain;

    /** Makes one for a command in a JVM that goes on after it; nobody but {@link #ask} asks for its end. */
    public Interruption() {
        this(() -> {});
    }

    /** @param lastResort ends a command that does not end in time */
    private Interruption(Runnable lastResort) {
        this.lastResort = lastResort;
    }

    /** Reacts from now on; the calling thread is the one that the command runs on. */
    public static Interruption install() {
        Interruption interruption = new Interruption(() -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED.value()));
        for (String name : SIGNALS) {
            try {
                Signal.handle(new Signal(name), signal -> interruption.ask());
            } catch (IllegalArgumentException notOnThisSystem) {
                // Then nobody can send it either.
            }
        }
        return interruption;
    }

    /** Sets the reaction to an interruption, instead of interrupting the main thread; one that was asked for before has it now. */
    public void reactWith(Runnable newReaction) {
        reaction = newReaction;
        if (asked()) {
            newReaction.run();
        }
    }

    /** Returns whether somebody has asked for the end. */
    public boolean asked() {
        return asked.get();
    }

    /** Returns whether the main thread was interrupted for it, so that what fails there now fails because of that. */
    public boolean mainInterrupted() {
        return mainInterrupted;
    }

    /** The command is done; the JVM may end. */
    public void finished() {
        finished.countDown();
    }

    /** Asks for the end, once. */
    public void ask() {
        if (finished.getCount() > 0 && asked.compareAndSet(false, true)) {
            Thread thread = new Thread(this::endInOrder, "interruption");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void interruptMain() {
        mainInterrupted = true;
        main.interrupt();
    }

    private void endInOrder() {
        reaction.run();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                lastResort.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
