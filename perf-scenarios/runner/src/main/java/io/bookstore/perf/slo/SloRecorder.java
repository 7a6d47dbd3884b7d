package io.bookstore.perf.slo;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.record.RequestRecords;
import io.bookstore.perf.results.facts.RunFacts.Load;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.slo.Goodput.OfClass;
import io.bookstore.perf.slo.SteadyWindow.Answer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges each request of a run by the limits of its class, and adds up what it cost. Takes records of requests, and samples
 * for what no record has: arrivals that were dropped, and requests of scripts that send no ids. Thread-safe; memory does not
 * grow with the run.
 */
public final class SloRecorder implements SampleSink {

    private static final String NO_SCENARIO = "";

    private final Slo slo;
    private final Ledger ledger = new Ledger();
    private final Timeline timeline = new Timeline();
    private final Interval whole = new Interval();
    private final Map<Kind, AnswerSampler> answers = new EnumMap<>(Kind.class);
    private final Arrivals arrivals = new Arrivals();
    private final CostlessAnswers costless = new CostlessAnswers();
    private @Nullable Instant begin;
    private @Nullable Instant end;

    public SloRecorder(Slo slo) {
        this.slo = slo;
    }

    @Override
    public void metric(Metric metric) {}

    @Override
    public void sample(Sample sample) {
        switch (sample.metric()) {
            case MetricNames.ITERATIONS,
                    MetricNames.DROPPED_ITERATIONS,
                    MetricNames.HTTP_REQ_DURATION,
                    MetricNames.LLM_ANSWERS_WITHOUT_COST -> take(sample);
            default -> {
                // No other metric tells of a request as a whole; most samples are of one, and need no lock.
            }
        }
    }

    private synchronized void take(Sample sample) {
        switch (sample.metric()) {
            case MetricNames.ITERATIONS -> arrivals.iterated(scenario(sample), Math.round(sample.value()));
            case MetricNames.LLM_ANSWERS_WITHOUT_COST -> costless.add(sample.tags(), Math.round(sample.value()));
            case MetricNames.DROPPED_ITERATIONS -> {
                timeline.at(sample.time()).drop(scenario(sample), Math.round(sample.value()));
                whole.drop(scenario(sample), Math.round(sample.value()));
                covers(sample.time(), sample.time());
            }
            default -> {
                if (!sample.outsideOfTheLoad() && !sample.metadata().containsKey(RequestRecords.TRACE_ID)) {
                    add(JudgedRequest.of(sample));
                }
            }
        }
    }

    /** Takes the record of a request; one without an id comes as a sample. */
    public synchronized void request(RequestRecord request) {
        add(JudgedRequest.of(request));
        if (request.kind() == Kind.LLM) {
            ledger.add(request);
        }
    }

    private void add(JudgedRequest request) {
        timeline.at(request.scheduled()).add(request, slo.of(request.kind()));
        whole.add(request, slo.of(request.kind()));
        arrivals.sent(request.scenario(), request.kind());
        if (!request.failed()) {
            answers.computeIfAbsent(request.kind(), kind -> new AnswerSampler())
                    .add(request.scheduled(), request.endToEndMs());
        }
        covers(request.scheduled(), request.scheduled().plusNanos(Math.round(request.endToEndMs() * 1e6)));
    }

    private void covers(Instant from, Instant to) {
        begin = begin == null || from.isBefore(begin) ? from : begin;
        end = end == null || to.isAfter(end) ? to : end;
    }

    private static String scenario(Sample sample) {
        return sample.tags().getOrDefault("scenario", NO_SCENARIO);
    }

    /**
     * The goodput so far; of the whole run once each of its records was taken.
     *
     * @param loads the plan of the run
     * @return null if no request was scheduled whose class has a limit
     */
    public synchronized @Nullable Goodput goodput(List<Load> loads) {
        Instant from = begin;
        Instant to = end;
        if (from == null || to == null) {
            return null;
        }
        SteadyWindow window = window(loads, from, to);
        return judged(timeline.sum(from, window), window);
    }

    /**
     * The goodput of all requests whose record is there by now, ramps and warm-up included; a look takes no longer for more of
     * them. Empty as long as none was scheduled whose class has a limit.
     */
    public synchronized Optional<Goodput> soFar() {
        return begin == null || end == null
                ? Optional.empty()
                : Optional.ofNullable(
                        judged(whole, new SteadyWindow(false, 0, Timeline.seconds(begin, end), "The run goes on.")));
    }

    private @Nullable Goodput judged(Interval sums, SteadyWindow window) {
        Map<Kind, Long> dropped = arrivals.byClass(sums.dropped());
        List<OfClass> classes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Slo.Limits limits = slo.of(kind);
            ClassTally tally = sums.tally(kind);
            long lost = dropped.getOrDefault(kind, 0L);
            if (limits != null && tally.sent() + lost > 0) {
                classes.add(tally.result(kind, limits, lost));
            }
        }
        return classes.isEmpty() ? null : Goodput.of(window, classes);
    }

    /**
     * The money so far.
     *
     * @param day the day of the run, by which prices are chosen
     * @return null if no record of a request to a model was seen
     */
    public synchronized @Nullable Money money(List<Load> loads, Instant day) {
        Instant from = begin;
        Instant to = end;
        if (from == null || to == null || ledger.empty()) {
            return null;
        }
        Interval sums = timeline.sum(from, window(loads, from, to));
        ClassTally llm = sums.tally(Kind.LLM);
        long dropped = arrivals.byClass(sums.dropped()).getOrDefault(Kind.LLM, 0L);
        return ledger.money(
                new Ledger.Window(llm.sent() + dropped, llm.good(), llm.usd()),
                ModelPrices.bundled(),
                LocalDate.ofInstant(day, ZoneOffset.UTC));
    }

    /**
     * Answers that used tokens and told no cost, of models that have a price.
     *
     * @param target names the model where the answers do not
     * @param day    the day of the run, by which prices are chosen
     */
    public synchronized List<FreeAnswers> free(TargetFacts target, Instant day) {
        return costless.priced(target, ModelPrices.bundled(), LocalDate.ofInstant(day, ZoneOffset.UTC));
    }

    /** Models dominate a run that has them: their answers alone show when it is steady. */
    private SteadyWindow window(List<Load> loads, Instant from, Instant to) {
        List<Answer> main = answers.entrySet().stream()
                .min(Map.Entry.comparingByKey())
                .map(found -> found.getValue().since(from))
                .orElse(List.of());
        return SteadyWindow.of(loads, main, Timeline.seconds(from, to));
    }
}
