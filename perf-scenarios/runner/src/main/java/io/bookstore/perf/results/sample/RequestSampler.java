package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.results.TimeSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps single requests: all of them while they are few, then every second, every fourth and so on; no chance involved. */
final class RequestSampler {

    private final List<Sample> kept = new ArrayList<>();
    private long seen;
    private long step = 1;

    void add(Sample sample) {
        if (sample.outsideOfTheLoad()) {
            return;
        }
        if (seen++ % step != 0) {
            return;
        }
        kept.add(sample);
        if (kept.size() > TimeSeries.MAX_REQUESTS) {
            thin();
        }
    }

    List<TimeSeries.Request> since(Instant start) {
        return kept.stream().map(sample -> request(sample, start)).toList();
    }

    private void thin() {
        List<Sample> half = new ArrayList<>(TimeSeries.MAX_REQUESTS);
        for (int index = 0; index < kept.size(); index += 2) {
            half.add(kept.get(index));
        }
        kept.clear();
        kept.addAll(half);
        step *= 2;
    }

    private static TimeSeries.Request request(Sample sample, Instant start) {
        Map<String, String> tags = sample.tags();
        double atSeconds = Math.max(0, Duration.between(start, sample.time()).toMillis() / 1000.0);
        return new TimeSeries.Request(
                atSeconds, Math.round(sample.value() * 1000) / 1000.0, tags.get("operation_type"), failed(tags));
    }

    private static boolean failed(Map<String, String> tags) {
        String expected = tags.get("expected_response");
        if (expected != null) {
            return expected.equals("false");
        }
        String status = tags.getOrDefault("status", "0");
        return status.equals("0") || status.startsWith("4") || status.startsWith("5");
    }
}
