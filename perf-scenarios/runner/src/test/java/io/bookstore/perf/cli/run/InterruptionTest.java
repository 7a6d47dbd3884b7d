package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.terminal.Interruption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import sun.misc.Signal;
import sun.misc.SignalHandler;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot send itself a signal there")
class InterruptionTest {

    private final Map<Signal, SignalHandler> before = new HashMap<>();
    private final List<Interruption> installed = new ArrayList<>();

    @BeforeEach
    void keepHandlers() {
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, SignalHandler.SIG_DFL));
        }
    }

    @AfterEach
    void restoreHandlers() {
        before.forEach(Signal::handle);
        // It would end this JVM as one that does not come to its end.
        installed.forEach(Interruption::finished);
    }

    /** The shutdown hook of Testcontainers would remove a container beside the command that fetches its files. */
    @Test
    void signalEndsTheCommandWithoutStartingTheShutdownOfTheJvm() throws Exception {
        Interruption interruption = Interruption.install();
        installed.add(interruption);
        CountDownLatch told = new CountDownLatch(1);
        interruption.reactWith(told::countDown);

        Signal.raise(new Signal("TERM"));

        assertThat(told.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(interruption.asked()).isTrue();
        assertThat(shuttingDown()).isFalse();
    }

    private static boolean shuttingDown() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return !Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException inProgress) {
            return true;
        }
    }
}
