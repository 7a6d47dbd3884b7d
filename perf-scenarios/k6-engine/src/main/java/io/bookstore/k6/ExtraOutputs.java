package io.bookstore.k6;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.k6.script.ScriptFault;
import io.bookstore.perf.metrics.CsvWriter;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * {@code K6_OUT}: files that the user wants beside {@code samples.jsonl.gz}, such as {@code csv=samples.csv} or
 * {@code json=all.json.gz}, several with commas between them; relative to the output folder. Hands everything on to the
 * listener that it stands in front of.
 */
final class ExtraOutputs implements EngineListener, AutoCloseable {

    private final EngineListener next;
    private final List<File> files = new ArrayList<>();

    private ExtraOutputs(EngineListener next) {
        this.next = next;
    }

    /**
     * @param outputs as k6's {@code K6_OUT} has them; empty for none
     * @throws ScriptFault with exit code 255 for an output that is unknown or a file that cannot be written, as k6 has it
     */
    static ExtraOutputs open(String outputs, Path folder, EngineListener next) {
        ExtraOutputs opened = new ExtraOutputs(next);
        for (String output : outputs.isBlank() ? new String[0] : outputs.split(",", -1)) {
            try {
                opened.files.add(opened.file(output.strip(), folder));
            } catch (IOException e) {
                opened.close();
                throw new ScriptFault(
                        K6ExitCode.OTHER, "K6_OUT '" + output.strip() + "' cannot be written: " + e.getMessage() + ".");
            } catch (ScriptFault e) {
                opened.close();
                throw e;
            }
        }
        return opened;
    }

    private File file(String output, Path folder) throws IOException {
        int equals = output.indexOf('=');
        String kind = equals < 0 ? output : output.substring(0, equals);
        if (equals < 0
                || equals == output.length() - 1
                || !List.of("csv", "json").contains(kind)) {
            throw new ScriptFault(
                    K6ExitCode.OTHER,
                    "K6_OUT must be like 'csv=samples.csv' or 'json=samples.json.gz', was '" + output
                            + "'; other outputs are those of k6 itself.");
        }
        Path path = folder.resolve(output.substring(equals + 1));
        OutputStream plain = Files.newOutputStream(path);
        OutputStream stream = path.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain;
        return kind.equals("csv") ? new CsvFile(output, new CsvWriter(stream)) : new JsonFile(output, stream);
    }

    @Override
    public void metric(Metric metric) {
        files.removeIf(file -> failed(file, () -> file.metric(metric)));
        next.metric(metric);
    }

    @Override
    public void sample(Sample sample) {
        if (!files.isEmpty()) {
            files.removeIf(file -> failed(file, () -> file.sample(sample)));
        }
        next.sample(sample);
    }

    @Override
    public void close() {
        files.forEach(file -> failed(file, file::close));
        files.clear();
    }

    /** A file that cannot be written any more is given up; the run has its own. */
    private boolean failed(File file, Writing writing) {
        try {
            writing.run();
            return false;
        } catch (IOException e) {
            next.log("error", "K6_OUT '" + file.output() + "' ends here: " + e.getMessage() + ".");
            return true;
        }
    }

    @Override
    public void planned(RunPlan plan) {
        next.planned(plan);
    }

    @Override
    public void arrived(Duration late) {
        next.arrived(late);
    }

    @Override
    public void threw(String message) {
        next.threw(message);
    }

    @Override
    public void log(String level, String message) {
        next.log(level, message);
    }

    @Override
    public void print(String text) {
        next.print(text);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private interface File {
        String output();

        void metric(Metric metric) throws IOException;

        void sample(Sample sample) throws IOException;

        void close() throws IOException;
    }

    private record CsvFile(String output, CsvWriter writer) implements File {
        @Override
        public void metric(Metric metric) {}

        @Override
        public void sample(Sample sample) throws IOException {
            writer.write(sample);
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    private record JsonFile(String output, SampleWriter writer) implements File {
        JsonFile(String output, OutputStream stream) {
            this(output, new SampleWriter(stream));
        }

        @Override
        public void metric(Metric metric) throws IOException {
            writer.write(metric, List.of(), List.of());
        }

        @Override
        public void sample(Sample sample) throws IOException {
            writer.write(sample);
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
