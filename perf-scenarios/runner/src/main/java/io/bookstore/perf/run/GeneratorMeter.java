package io.bookstore.perf.run;

import com.sun.management.OperatingSystemMXBean;
import io.bookstore.perf.results.facts.GeneratorLoad;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Watches what an engine inside this JVM takes of the machine. */
final class GeneratorMeter {

    /** Below that, what the JVM still compiles is most of what is seen. */
    private static final Duration shortest = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final LongSupplier processNanos;
    private final DoubleSupplier machineBusy;
    private boolean begun;
    private long beganAt;
    private long processAtBegin;

    /**
     * @param processNanos processor time of this process; negative if unknown
     * @param machineBusy  share of all processors that had work since the last call; negative or no number if unknown
     */
    GeneratorMeter(LongSupplier nanoTime, LongSupplier processNanos, DoubleSupplier machineBusy) {
        this.nanoTime = nanoTime;
        this.processNanos = processNanos;
        this.machineBusy = machineBusy;
    }

    static GeneratorMeter ofThisJvm() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? new GeneratorMeter(System::nanoTime, system::getProcessCpuTime, system::getCpuLoad)
                : new GeneratorMeter(System::nanoTime, () -> -1, () -> -1);
    }

    /** Called with each sample: the first one begins the measurement. */
    void sample() {
        if (!begun) {
            begun = true;
            beganAt = nanoTime.getAsLong();
            processAtBegin = processNanos.getAsLong();
            var unused = machineBusy.getAsDouble();
        }
    }

    /** The average since the first sample; null if that was a moment ago, or nothing can be known. */
    @Nullable
    GeneratorLoad load() {
        long elapsed = nanoTime.getAsLong() - beganAt;
        if (!begun || processAtBegin < 0 || elapsed < shortest.toNanos()) {
            return null;
        }
        double machine = machineBusy.getAsDouble();
        return new GeneratorLoad(
                rounded((double) (processNanos.getAsLong() - processAtBegin) / elapsed),
                machine >= 0 ? rounded(machine) : null,
                Runtime.getRuntime().availableProcessors());
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
