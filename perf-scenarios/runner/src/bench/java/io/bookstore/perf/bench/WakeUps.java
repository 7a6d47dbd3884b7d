package io.bookstore.perf.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The lateness of a thread that only wakes up every 10 ms, measured beside the load: no scheduler of arrivals can be
 * better on this machine.
 */
final class WakeUps {

    private static final long PERIOD_NANOS = 10_000_000;

    private final List<Double> lateMillis = new ArrayList<>();

    private WakeUps() {}

    static WakeUps none() {
        return new WakeUps();
    }

    static WakeUps start() {
        WakeUps wakeUps = new WakeUps();
        Thread thread = new Thread(wakeUps::watch, "wake-ups");
        thread.setDaemon(true);
        thread.start();
        return wakeUps;
    }

    private void watch() {
        for (long due = System.nanoTime() + PERIOD_NANOS; ; due += PERIOD_NANOS) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            synchronized (this) {
                lateMillis.add((System.nanoTime() - due) / 1e6);
            }
        }
    }

    synchronized List<Double> late() {
        return new ArrayList<>(lateMillis);
    }

    static double p99(List<Double> values) {
        return values.stream()
                .sorted()
                .skip((long) (values.size() * 0.99))
                .findFirst()
                .orElse(Double.NaN);
    }
}
