package io.bookstore.perf.testing;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.engine.Engine;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Plays {@link RecordedSmokeRun} instead of loading anything, and remembers what it was asked for. */
public final class RecordedEngine implements Engine, EngineOption {

    private final EngineOutcome outcome;
    private final String summary;
    private final List<EngineRequest> requests = new ArrayList<>();

    private RecordedEngine(EngineOutcome outcome, String summary) {
        this.outcome = outcome;
        this.summary = summary;
    }

    public static RecordedEngine passing() {
        return new RecordedEngine(new EngineOutcome(0, null), summary("p(95)<8000", false));
    }

    public static RecordedEngine crossing() {
        return new RecordedEngine(new EngineOutcome(99, null), summary("p(95)<1000", true));
    }

    /** An engine that leaves no files at all, as after a script that does not parse. */
    public static RecordedEngine failing(int exitCode, String problem) {
        return new RecordedEngine(new EngineOutcome(exitCode, problem), "");
    }

    public List<EngineRequest> requests() {
        return requests;
    }

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public Availability availability() {
        return new Availability(true, "a recording");
    }

    @Override
    public Engine engine() {
        return this;
    }

    @Override
    public EngineRun start(EngineRequest request, EngineListener listener) {
        requests.add(request);
        if (!summary.isEmpty()) {
            play(request, listener);
        }
        return new EngineRun() {
            @Override
            public EngineOutcome await() {
                return outcome;
            }

            @Override
            public void interrupt() {
                // A recording is over at once.
            }
        };
    }

    private void play(EngineRequest request, EngineListener listener) {
        listener.planned(RecordedSmokeRun.plan());
        SampleLines file = new SampleLines();
        RecordedSmokeRun.playTo(new SampleSink() {
            @Override
            public void metric(Metric metric) {
                file.metric(metric);
                listener.metric(metric);
            }

            @Override
            public void sample(Sample sample) {
                file.sample(sample);
                listener.sample(sample);
            }
        });
        file.writeTo(request.samples());
        try {
            Files.writeString(request.summary(), summary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.print("\n  █ TOTAL RESULTS\n\n    the end-of-test summary");
    }

    private static String summary(String latencyThreshold, boolean crossed) {
        return """
                {"root_group":{"name":"","path":"","groups":{},"checks":{}},
                 "metrics":{
                   "llm_response_time":{"avg":1900,"p(95)":2600.5,"thresholds":{"%s":%s,"p(99)<12000":false}},
                   "llm_errors":{"value":0.02,"passes":1,"fails":40,"thresholds":{"rate<0.05":false}},
                   "llm_operations":{"count":40,"rate":0.2,"thresholds":{"count>0":false}}}}
                """.formatted(latencyThreshold, crossed);
    }
}
