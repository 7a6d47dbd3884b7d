package io.bookstore.perf.record;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a run while it goes on: takes its samples, receives spans, follows the journal, and writes
 * {@value #NAME}. Memory does not grow with the run.
 */
public final class RequestRecords implements SampleSink, AutoCloseable {

    /** The file's name in the folder of the run. */
    public static final String NAME = "requests.jsonl.gz";

    /** The metadata of a sample by which it belongs to a request. */
    public static final String TRACE_ID = "trace_id";

    static final String REQUEST_ID = "request_id";

    /** An attribute of the server span: milliseconds that the request waited within the service. */
    static final String QUEUE_ATTRIBUTE = "llm.queue_ms";

    private static final long ROUND_MILLIS = 1_000;

    /** A service that sends its spans every 5 s, as is the default, has sent the last ones by then. */
    private static final long LAST_SPANS_NANOS = Duration.ofSeconds(7).toNanos();

    private static final long LOOK_MILLIS = 50;

    private final Path path;
    private final RecordFile file;
    private final RecordTally tally = new RecordTally();
    private final RequestJoin join;
    private final @Nullable ProviderJournal journal;
    private volatile boolean finished;
    private final Thread rounds = new Thread(this::sweepAndPoll, "request-records");

    private RequestRecords(Path path, boolean spans, @Nullable Simulator simulator, Consumer<RequestRecord> listener)
            throws IOException {
        this.path = path;
        this.file = new RecordFile(path);
        this.join = new RequestJoin(System::nanoTime, spans || simulator != null, request -> {
            tally.add(request);
            file.write(request);
            listener.accept(request);
        });
        this.journal = simulator == null
                ? null
                : ProviderJournal.follow(simulator.url(), simulator.attemptsBefore(), join::add);
    }

    /**
     * The simulator whose journal tells the provider's side.
     *
     * @param attemptsBefore attempts that had ended before the run
     */
    public record Simulator(URI url, long attemptsBefore) {}

    /**
     * Begins with a run.
     *
     * @param receiver  null if no spans are received
     * @param simulator null if the provider is none, or it does not say
     * @param listener  gets each record when it is complete
     * @throws IOException if the file cannot be written
     */
    public static RequestRecords open(
            Path folder,
            @Nullable SpanReceiver receiver,
            @Nullable Simulator simulator,
            Consumer<RequestRecord> listener)
            throws IOException {
        RequestRecords records = new RequestRecords(folder.resolve(NAME), receiver != null, simulator, listener);
        if (receiver != null) {
            receiver.deliverTo(new SpanReader.Sink() {
                @Override
                public void server(String traceId, TraceSpans.Server span) {
                    records.join.add(traceId, span);
                }

                @Override
                public void model(String traceId, TraceSpans.Model span) {
                    records.join.add(traceId, span);
                }

                @Override
                public void request(String traceId, TraceSpans.HttpRequest span) {
                    records.join.add(traceId, span);
                }
            });
        }
        records.rounds.setDaemon(true);
        records.rounds.start();
        return records;
    }

    /**
     * Reads the records that a run left in its folder.
     *
     * @return false if it left none, as a script does that sends no trace ids
     */
    public static boolean read(Path folder, Consumer<RequestRecord> records) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        RecordFile.read(file, records);
        return true;
    }

    @Override
    public void metric(Metric metric) {}

    @Override
    public void sample(Sample sample) {
        if (!sample.metadata().isEmpty()) {
            join.add(sample);
        }
    }

    private void sweepAndPoll() {
        try {
            while (!finished) {
                TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
                if (journal != null) {
                    journal.poll();
                }
                join.sweep();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends with the run: waits for spans that are still under way, and writes what is left.
     *
     * @throws IOException if the file could not be written to its end; the summary is whole nevertheless
     */
    public void finish() throws InterruptedException, IOException {
        stopRounds();
        long start = System.nanoTime();
        while (join.awaitsSpans() && System.nanoTime() - start < LAST_SPANS_NANOS) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        if (journal != null) {
            journal.poll();
        }
        join.end();
        file.close();
        if (tally.empty()) {
            // A script without client.js sends no ids.
            Files.deleteIfExists(path);
        }
    }

    /** The records so far in a few figures; of the whole run once it is finished. */
    public RecordSummary summary() {
        return tally.summary();
    }

    /** Defects of the service's telemetry so far; of the whole run once it is finished. */
    public SpanFacts spanFacts() {
        return join.facts();
    }

    private void stopRounds() throws InterruptedException {
        // The JDK's client forgets an interruption that comes while it waits for a body; the flag ends the rounds then.
        finished = true;
        rounds.interrupt();
        rounds.join();
    }

    /** Ends early where {@link #finish} was never reached; does nothing after it. */
    @Override
    public void close() {
        finished = true;
        rounds.interrupt();
        try {
            file.close();
        } catch (IOException incomplete) {
            // The run has failed in another way, which is the one to tell.
        }
    }
}
