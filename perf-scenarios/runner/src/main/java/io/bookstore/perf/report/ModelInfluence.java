package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.Section;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.record.RequestRecord.Outcome;
import io.bookstore.perf.results.SampleSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The influence of requests to the model on plain requests of the same run, by its records: latency while many requests to the
 * model are under way against latency while few or none are.
 *
 * <p>A run has ramps and a warm-up, so early requests differ from late ones for other reasons. Plain requests are therefore
 * divided into blocks in the order of their start, and compared within each: the quarter with the fewest under way against the
 * quarter with the most. The blocks are the sample, not the requests, which share queue and heap.
 *
 * <p>Thread-safe; memory does not grow with the run.
 */
public final class ModelInfluence {

    private static final int MOST_KEPT = 20_000;
    private static final int MOST_BLOCKS = 10;
    private static final int FEWEST_BLOCKS = 4;
    private static final int SMALLEST_BLOCK = 20;
    private static final double QUARTER = 0.25;

    /** The margin that {@code compare} has for a median of plain requests. */
    private static final double MARGIN = 0.05;

    private static final double SMALLEST_MS = 1;
    private static final double CONFIDENCE = 0.975;
    private static final int LONGEST_SENTENCE = 500;
    private static final int MOST_SECTIONS = 20;
    private static final String TITLE = "Does the model's traffic slow plain requests?";

    private final UnderWay models = new UnderWay();
    private List<Plain> kept = new ArrayList<>();
    private long seen;
    private long step = 1;

    private record Plain(Instant start, double latencyMs) {}

    /** Takes the record of a request; one from a cache asks no model, and one that failed says nothing about time. */
    public synchronized void add(RequestRecord request) {
        double latency = request.timing().endToEndMs();
        if (request.kind() == Kind.LLM && !cached(request)) {
            models.add(request.start(), latency);
        } else if (request.kind() == Kind.CRUD && request.result().outcome() == Outcome.OK) {
            keep(new Plain(request.start(), latency));
        }
    }

    private static boolean cached(RequestRecord request) {
        return request.answer() != null && Boolean.TRUE.equals(request.answer().cached());
    }

    /** All of them while they are few, then every second, every fourth and so on; no chance involved. */
    private void keep(Plain plain) {
        if (seen++ % step != 0) {
            return;
        }
        kept.add(plain);
        if (kept.size() > MOST_KEPT) {
            List<Plain> half = new ArrayList<>(MOST_KEPT);
            for (int index = 0; index < kept.size(); index += 2) {
                half.add(kept.get(index));
            }
            kept = half;
            step *= 2;
        }
    }

    /** The answer with a section on this, and its sentence with the outcome; unchanged for a run that had not both kinds. */
    public synchronized Answer addTo(Answer answer) {
        if (models.empty() || kept.isEmpty()) {
            return answer;
        }
        List<Beside> all = beside();
        Comparison found = Comparison.of(blocks(all));
        List<Section> sections = new ArrayList<>(answer.sections());
        sections.add(found.table());
        byNumber(all).ifPresent(sections::add);
        if (sections.size() > MOST_SECTIONS) {
            return answer;
        }
        String said = answer.sentence();
        String longer = found.told() ? said.replaceFirst("\\.$", "") + "; " + found.clause() + "." : said;
        return new Answer(
                longer.length() <= LONGEST_SENTENCE ? longer : said,
                answer.figures(),
                sections,
                answer.durationScale(),
                answer.note());
    }

    /** @param underWay requests to the model that were under way when the plain request began */
    private record Beside(int underWay, double latencyMs) {}

    private List<Beside> beside() {
        ToIntFunction<Instant> underWay = models.numbers();
        return kept.stream()
                .sorted(Comparator.comparing(Plain::start))
                .map(plain -> new Beside(underWay.applyAsInt(plain.start()), plain.latencyMs()))
                .toList();
    }

    private static List<List<Beside>> blocks(List<Beside> all) {
        int number = Math.max(1, Math.min(MOST_BLOCKS, all.size() / SMALLEST_BLOCK));
        List<List<Beside>> blocks = new ArrayList<>();
        for (int block = 0; block < number; block++) {
            blocks.add(all.subList(block * all.size() / number, (block + 1) * all.size() / number));
        }
        return blocks;
    }

    /** A point for each number under way at which enough plain requests began. */
    private static Optional<Section> byNumber(List<Beside> all) {
        TreeMap<Integer, List<Beside>> levels = new TreeMap<>();
        all.forEach(each -> levels.computeIfAbsent(each.underWay(), first -> new ArrayList<>())
                .add(each));
        List<Section.Series> series = Stream.of(50, 95)
                .map(percent -> new Section.Series(
                        percent == 50 ? "median" : "p95",
                        levels.entrySet().stream()
                                .filter(level -> level.getValue().size() >= SampleSize.fewest(percent))
                                .limit(Section.MOST_ROWS)
                                .map(level ->
                                        List.of(level.getKey().doubleValue(), percentile(level.getValue(), percent)))
                                .toList()))
                .filter(line -> line.points().size() > 1)
                .toList();
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section.Curve(
                        "Plain requests by the summaries under way",
                        "",
                        new Section.Column("summaries under way", ""),
                        new Section.Column("latency of plain requests", "ms"),
                        series,
                        null,
                        null));
    }

    private static double percentile(List<Beside> requests, int percent) {
        double[] sorted =
                requests.stream().mapToDouble(Beside::latencyMs).sorted().toArray();
        return sorted[(int) Math.ceil(percent / 100.0 * sorted.length) - 1];
    }

    /** Both sides over all blocks, and the change of the median from few to many within each block, as a logarithm. */
    private record Comparison(List<Beside> few, List<Beside> many, List<Double> changes) {

        private static Comparison of(List<List<Beside>> blocks) {
            List<Beside> few = new ArrayList<>();
            List<Beside> many = new ArrayList<>();
            List<Double> changes = new ArrayList<>();
            for (List<Beside> block : blocks) {
                List<Integer> numbers =
                        block.stream().map(Beside::underWay).sorted().toList();
                int least = numbers.get((int) (QUARTER * (numbers.size() - 1)));
                int most = numbers.get((int) Math.ceil((1 - QUARTER) * (numbers.size() - 1)));
                if (least < most) {
                    List<Beside> below = block.stream()
                            .filter(each -> each.underWay() <= least)
                            .toList();
                    List<Beside> above = block.stream()
                            .filter(each -> each.underWay() >= most)
                            .toList();
                    few.addAll(below);
                    many.addAll(above);
                    changes.add(Math.log(percentile(above, 50) / percentile(below, 50)));
                }
            }
            return new Comparison(few, many, changes);
        }

        private boolean told() {
            return changes.size() >= FEWEST_BLOCKS && Math.min(few.size(), many.size()) >= SampleSize.fewest(50);
        }

        private Section table() {
            return new Section.Table(
                    TITLE,
                    told() ? sentence() : notTold(),
                    List.of(
                            new Section.Column("summaries under way", ""),
                            new Section.Column("mean", ""),
                            new Section.Column("plain requests", ""),
                            new Section.Column("median", "ms"),
                            new Section.Column("p95", "ms")),
                    List.of(row("few or none", few), row("many", many)));
        }

        private static List<@Nullable Object> row(String side, List<Beside> requests) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(side);
            row.add(requests.isEmpty() ? null : (Object) mean(requests));
            row.add(requests.size());
            row.add(requests.size() < SampleSize.fewest(50) ? null : (Object) percentile(requests, 50));
            row.add(requests.size() < SampleSize.fewest(95) ? null : (Object) percentile(requests, 95));
            return row;
        }

        private static double mean(List<Beside> requests) {
            return Math.round(10
                            * requests.stream()
                                    .mapToInt(Beside::underWay)
                                    .average()
                                    .orElse(0))
                    / 10.0;
        }

        private String notTold() {
            return String.format(
                    Locale.ROOT,
                    "Not told: %s of the run had plain requests beside few and beside many summaries, and %d are needed; there"
                            + " were %d and %d such requests, and each side needs %d. Make the run longer.",
                    Quantity.count(changes.size(), "part"),
                    FEWEST_BLOCKS,
                    few.size(),
                    many.size(),
                    SampleSize.fewest(50));
        }

        private String sentence() {
            String clause = clause();
            return Character.toUpperCase(clause.charAt(0))
                    + clause.substring(1)
                    + String.format(
                            Locale.ROOT,
                            ": their median is %s with %s summaries under way and %s with %s, a ratio of %.2f (%.2f to %.2f), by %d"
                                    + " parts of the run.",
                            Quantity.milliseconds(percentile(many, 50)),
                            mean(many),
                            Quantity.milliseconds(percentile(few, 50)),
                            mean(few),
                            Math.exp(change()),
                            Math.exp(change() - halfWidth()),
                            Math.exp(change() + halfWidth()),
                            changes.size());
        }

        /** The outcome, by a margin of 5 % and at least 1 ms. */
        private String clause() {
            double margin = Math.max(Math.log1p(MARGIN), Math.log1p(SMALLEST_MS / percentile(few, 50)));
            double low = change() - halfWidth();
            double high = change() + halfWidth();
            if (low > margin) {
                return String.format(
                        Locale.ROOT,
                        "summaries slow plain requests by %.0f %% when many are under way",
                        100 * Math.expm1(change()));
            }
            return high <= margin
                    ? "summaries do not slow plain requests"
                    : "whether summaries slow plain requests this run does not decide";
        }

        private double change() {
            return Mean.of(values()).getAsDouble();
        }

        private double halfWidth() {
            double[] values = values();
            return TDistribution.of(values.length - 1).inverseCumulativeProbability(CONFIDENCE)
                    * StandardDeviation.of(values).getAsDouble()
                    / Math.sqrt(values.length);
        }

        private double[] values() {
            return changes.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }
}
