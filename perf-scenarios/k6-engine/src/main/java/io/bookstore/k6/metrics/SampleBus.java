package io.bookstore.k6.metrics;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.perf.metrics.BuiltInMetrics;
import io.bookstore.perf.metrics.GroupedSampleWriter;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Takes samples from every virtual user and hands them to one thread, which aggregates them, evaluates thresholds, tells
 * the listener and writes the samples file.
 */
public final class SampleBus {
    private static final long VUS_PERIOD = Duration.ofSeconds(1).toNanos();
    private static final long THRESHOLD_PERIOD = Duration.ofSeconds(2).toNanos();
    /** The consumer polls instead of being woken: a wake-up per sample costs the virtual users more than 2 ms of delay. */
    private static final long IDLE_NANOS = Duration.ofMillis(2).toNanos();

    private final ArrayBlockingQueue<SampleBatch> queue = new ArrayBlockingQueue<>(1 << 14);
    private final Aggregator aggregator;
    private final EngineListener listener;
    private final GroupedSampleWriter writer;
    private final RunClock clock;
    private final Watch watch;
    private final Set<String> announced = new HashSet<>();
    private final Thread thread = new Thread(this::consume, "k6-samples");
    private boolean writable = true;
    private boolean abortTold;
    private volatile boolean closing;

    /**
     * The sources and the callbacks of the consumer thread.
     *
     * @param runTags      tags of {@code vus} and {@code vus_max}
     * @param onAbort      takes the first threshold with {@code abortOnFail} that is crossed; called at most once
     * @param onWriteError takes the error that ends the samples file; called at most once, and the run goes on
     */
    public record Watch(
            IntSupplier activeVus,
            IntSupplier initializedVus,
            Map<String, String> runTags,
            Consumer<String> onAbort,
            Consumer<IOException> onWriteError) {}

    public SampleBus(
            Aggregator aggregator, EngineListener listener, GroupedSampleWriter writer, RunClock clock, Watch watch) {
        this.aggregator = aggregator;
        this.listener = listener;
        this.writer = writer;
        this.clock = clock;
        this.watch = watch;
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits while the queue is full, interrupted or not: a slow disk slows the load instead of filling the heap. */
    public void offer(SampleBatch batch) {
        while (!queue.offer(batch)) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** Takes in what is left, evaluates the thresholds a last time and closes the file. */
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
    }

    private void consume() {
        long nextVus = clock.startNanos() + VUS_PERIOD;
        long nextThresholds = clock.startNanos() + THRESHOLD_PERIOD;
        List<SampleBatch> batches = new ArrayList<>(1024);
        while (true) {
            boolean last = closing;
            int taken = queue.drainTo(batches, 1024);
            batches.forEach(this::process);
            batches.clear();
            long now = System.nanoTime();
            if (now >= nextVus) {
                sampleVus(clock.at(nextVus));
                nextVus += VUS_PERIOD;
            }
            if (now >= nextThresholds) {
                evaluate();
                nextThresholds += THRESHOLD_PERIOD;
                flush();
            }
            if (taken == 0 && last) {
                break;
            }
            if (taken == 0) {
                LockSupport.parkNanos(IDLE_NANOS);
            }
        }
        aggregator.evaluate(clock.elapsed());
        try {
            writer.close();
        } catch (IOException e) {
            giveUpWriting(e);
        }
    }

    private void process(SampleBatch batch) {
        List<Metric> metrics = batch.metrics();
        for (int i = 0; i < metrics.size(); i++) {
            Metric metric = metrics.get(i);
            if (announced.add(metric.name())) {
                announce(metric);
            }
            aggregator.add(metric, batch.values()[i], batch.tags());
            Sample sample = new Sample(metric.name(), batch.time(), batch.values()[i], batch.tags(), batch.metadata());
            write(sample);
            listener.sample(sample);
        }
    }

    private void announce(Metric metric) {
        listener.metric(metric);
        List<SampleWriter.SubMetric> parts = aggregator.parts(metric).stream()
                .map(part -> new SampleWriter.SubMetric(
                        part.name(),
                        part.name()
                                .substring(
                                        part.name().indexOf('{') + 1,
                                        part.name().length() - 1),
                        part.filter()))
                .toList();
        try {
            if (writable) {
                writer.write(metric, aggregator.thresholdTexts(metric), parts);
            }
        } catch (IOException e) {
            giveUpWriting(e);
        }
    }

    private void write(Sample sample) {
        try {
            if (writable) {
                writer.write(sample);
            }
        } catch (IOException e) {
            giveUpWriting(e);
        }
    }

    private void flush() {
        try {
            if (writable) {
                writer.flush();
            }
        } catch (IOException e) {
            giveUpWriting(e);
        }
    }

    private void giveUpWriting(IOException problem) {
        if (writable) {
            writable = false;
            watch.onWriteError().accept(problem);
        }
    }

    private void sampleVus(Instant time) {
        process(new SampleBatch(
                time, watch.runTags(), List.of(BuiltInMetrics.VUS, BuiltInMetrics.VUS_MAX), new double[] {
                    watch.activeVus().getAsInt(), watch.initializedVus().getAsInt()
                }));
    }

    private void evaluate() {
        aggregator.evaluate(clock.elapsed()).filter(threshold -> !abortTold).ifPresent(threshold -> {
            abortTold = true;
            watch.onAbort().accept(threshold);
        });
    }
}
