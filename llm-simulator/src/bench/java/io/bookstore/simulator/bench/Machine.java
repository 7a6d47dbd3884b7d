package io.bookstore.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The load and the scheduling delay of the machine, other processes included; Linux only. */
final class Machine {

    // USER_HZ, which is 100 wherever Java runs: man 5 proc_stat.
    private static final double TICKS_PER_SECOND = 100;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;

    private Machine() {}

    /** Core time since the boot, the kernel's and other people's included. */
    static double busySeconds() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
        return IntStream.rangeClosed(1, STEAL)
                        .filter(field -> field != IDLE && field != IO_WAIT)
                        .mapToLong(field -> Long.parseLong(fields[field]))
                        .sum()
                / TICKS_PER_SECOND;
    }

    /** The machine's own delay: the p99 lateness of a thread that only sleeps 10 ms at a time, in milliseconds. */
    static double wakeUpLateness(Duration during) {
        List<Double> late = new ArrayList<>();
        for (long end = System.nanoTime() + during.toNanos(); System.nanoTime() < end; ) {
            long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
            LockSupport.parkNanos(due - System.nanoTime());
            late.add((System.nanoTime() - due) / 1e6);
        }
        late.sort(null);
        return late.get((int) (0.99 * (late.size() - 1)));
    }
}
