package io.bookstore.genai.spans;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.otlp.OtlpEndpoint;
import io.bookstore.perf.otlp.OtlpServer;
import io.bookstore.perf.otlp.OtlpSink;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The reception of exports for a judgement, until it is ended or its time or number of calls is reached. */
final class Reception {

    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Judgement judgement;
    private final @Nullable Duration length;
    private final @Nullable Long calls;
    private final CountDownLatch end = new CountDownLatch(1);

    /**
     * @param length null for no limit
     * @param calls  null for no limit
     */
    Reception(Judgement judgement, @Nullable Duration length, @Nullable Long calls) {
        this.judgement = judgement;
        this.length = length;
        this.calls = calls;
    }

    /** Ends the reception; what has come is judged. */
    void end() {
        end.countDown();
    }

    /** @throws PerfException if the port is taken */
    void run(int port, PrintWriter messages) throws InterruptedException {
        try (OtlpServer server = OtlpServer.start(port, OtlpEndpoint.handlers(new CallCounter()))) {
            messages.println("Receiving OTLP over HTTP until Ctrl-C. Start the service with");
            messages.println("  OTEL_EXPORTER_OTLP_ENDPOINT=" + server.endpoint()
                    + " OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
            messages.flush();
            await(messages);
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.CANNOT_START,
                    "Cannot receive spans on port " + port + " (" + e.getMessage()
                            + "): stop the program that uses it, or name another port.");
        }
    }

    private void await(PrintWriter messages) throws InterruptedException {
        long start = System.nanoTime();
        long told = 0;
        while (true) {
            long left = length == null ? PROGRESS_NANOS : length.toNanos() - (System.nanoTime() - start);
            if (left <= 0 || end.await(Math.min(left, PROGRESS_NANOS), TimeUnit.NANOSECONDS)) {
                return;
            }
            if (judgement.calls() > told) {
                told = judgement.calls();
                messages.println("calls so far: " + told);
                messages.flush();
            }
        }
    }

    /** Hands each export on, and ends the reception with the last call that was asked for. */
    private final class CallCounter implements OtlpSink {

        @Override
        public void spans(ExportTraceServiceRequest export) {
            judgement.spans(export);
            if (calls != null && judgement.calls() >= calls) {
                end();
            }
        }

        @Override
        public void metrics(ExportMetricsServiceRequest export) {
            judgement.metrics(export);
        }

        @Override
        public void logs(ExportLogsServiceRequest export) {
            judgement.logs(export);
        }
    }
}
