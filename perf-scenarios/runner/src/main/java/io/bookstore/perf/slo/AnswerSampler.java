package io.bookstore.perf.slo;

import io.bookstore.perf.slo.SteadyWindow.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps single answers: all of them while they are few, then every second, every fourth and so on; no chance involved. */
final class AnswerSampler {

    private static final int MOST = 4_000;

    private List<Kept> kept = new ArrayList<>();
    private long seen;
    private long step = 1;

    private record Kept(Instant start, double latencyMs) {}

    void add(Instant start, double latencyMs) {
        if (seen++ % step != 0) {
            return;
        }
        kept.add(new Kept(start, latencyMs));
        if (kept.size() > MOST) {
            List<Kept> half = new ArrayList<>(MOST);
            for (int index = 0; index < kept.size(); index += 2) {
                half.add(kept.get(index));
            }
            kept = half;
            step *= 2;
        }
    }

    /** In the order of their start, in seconds from a moment. */
    List<Answer> since(Instant begin) {
        return kept.stream()
                .sorted(Comparator.comparing(Kept::start))
                .map(answer -> new Answer(Timeline.seconds(begin, answer.start()), answer.latencyMs()))
                .toList();
    }
}
