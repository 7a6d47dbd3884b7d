package io.bookstore.perf.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The samples of several load generators that shared one run, as if one had written them: in the order of time, and with
 * {@code vus} and {@code vus_max} as the sum of what each had. Memory does not grow with the files; the clocks of the
 * machines are taken as they are.
 */
public final class InjectorSamples {

    private final List<Injector> injectors = new ArrayList<>();
    private final Map<String, Map<Injector, Double>> gauges =
            new HashMap<>(Map.of(MetricNames.VUS, new HashMap<>(), MetricNames.VUS_MAX, new HashMap<>()));

    private InjectorSamples() {}

    /**
     * Hands all samples of the files to the sink.
     *
     * @return how many lines were no samples, as a pod's log has some
     */
    public static long read(List<Path> files, SampleSink sink) throws IOException {
        InjectorSamples samples = new InjectorSamples();
        try {
            for (Path file : files) {
                samples.injectors.add(new Injector(file, sink));
            }
            samples.merge(sink);
            return samples.injectors.stream()
                    .mapToLong(injector -> injector.reader.unreadableLines())
                    .sum();
        } finally {
            for (Injector injector : samples.injectors) {
                injector.lines.close();
            }
        }
    }

    private void merge(SampleSink sink) throws IOException {
        PriorityQueue<Injector> next = new PriorityQueue<>(Comparator.comparing(Injector::time));
        for (Injector injector : injectors) {
            if (injector.advance()) {
                next.add(injector);
            }
        }
        while (!next.isEmpty()) {
            Injector first = next.poll();
            sink.sample(summed(first, first.take()));
            if (first.advance()) {
                next.add(first);
            }
        }
    }

    private Sample summed(Injector injector, Sample sample) {
        Map<Injector, Double> latest = gauges.get(sample.metric());
        if (latest == null) {
            return sample;
        }
        latest.put(injector, sample.value());
        double sum = latest.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Sample(sample.metric(), sample.time(), sum, sample.tags(), sample.metadata());
    }

    /** A file, read as far as its next sample. */
    private static final class Injector implements SampleSink {

        private final BufferedReader lines;
        private final SampleReader reader = new SampleReader(this);
        private final SampleSink metrics;
        private final Queue<Sample> read = new ArrayDeque<>();

        private Injector(Path file, SampleSink metrics) throws IOException {
            this.lines = SampleFile.lines(file);
            this.metrics = metrics;
        }

        private boolean advance() throws IOException {
            while (read.isEmpty()) {
                @Nullable String line = lines.readLine();
                if (line == null) {
                    return false;
                }
                reader.line(line);
            }
            return true;
        }

        private Instant time() {
            return read.element().time();
        }

        private Sample take() {
            return read.remove();
        }

        @Override
        public void metric(Metric metric) {
            metrics.metric(metric);
        }

        @Override
        public void sample(Sample sample) {
            read.add(sample);
        }
    }
}
