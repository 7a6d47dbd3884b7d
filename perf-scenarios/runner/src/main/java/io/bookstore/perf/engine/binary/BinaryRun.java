package io.bookstore.perf.engine.binary;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.engine.k6.K6Log;
import io.bookstore.perf.metrics.SampleFeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A k6 process, its two streams and its growing samples file, each read by a thread of its own. */
final class BinaryRun implements EngineRun {

    private static final long TAIL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final SupervisedProcess process;
    private final EngineListener listener;
    private final K6Log log;
    private final Thread output;
    private final Thread errors;
    private final Thread samples;

    BinaryRun(SupervisedProcess process, EngineRequest request, EngineListener listener) {
        this.process = process;
        this.listener = listener;
        this.log = new K6Log(listener);
        this.output = start("k6-output", this::readOutput);
        this.errors = start("k6-log", this::readErrors);
        this.samples = start("k6-samples", () -> followSamples(request.samples()));
    }

    @Override
    public EngineOutcome await() throws InterruptedException {
        int exitCode = process.waitFor();
        output.join();
        errors.join();
        samples.join();
        process.stop();
        return log.outcome(exitCode);
    }

    @Override
    public void interrupt() {
        process.stop();
    }

    private void readOutput() {
        try (InputStream stream = process.standardOutput()) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            if (!text.isBlank()) {
                listener.print(text);
            }
        } catch (IOException closed) {
            // The process is gone.
        }
    }

    private void readErrors() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.standardError(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.readLine(line);
            }
        } catch (IOException closed) {
            // The process is gone.
        }
    }

    private void followSamples(Path file) {
        while (process.isAlive() && !Files.exists(file)) {
            LockSupport.parkNanos(TAIL_NANOS);
        }
        if (!Files.exists(file)) {
            return;
        }
        SampleFeed feed = new SampleFeed(listener);
        byte[] buffer = new byte[64 * 1024];
        try (InputStream stream = Files.newInputStream(file)) {
            boolean last = false;
            while (true) {
                int read = stream.read(buffer);
                if (read > 0) {
                    feed.bytes(buffer, read);
                } else if (last) {
                    return;
                } else {
                    // What was written between the last read and the end of the process still has to be read.
                    last = !process.isAlive();
                    LockSupport.parkNanos(TAIL_NANOS);
                }
            }
        } catch (IOException e) {
            listener.log("warning", "Live figures stop here, the samples cannot be followed: " + e.getMessage());
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
