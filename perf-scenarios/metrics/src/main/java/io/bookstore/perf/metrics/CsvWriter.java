package io.bookstore.perf.metrics;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Writes samples as k6's {@code --out csv} does: a column for each system tag, all other tags in one. Not thread-safe. */
public final class CsvWriter implements AutoCloseable {

    private static final List<String> TAG_COLUMNS = List.of(
            "check",
            "error",
            "error_code",
            "expected_response",
            "group",
            "method",
            "name",
            "proto",
            "scenario",
            "service",
            "status",
            "subproto",
            "tls_version",
            "url");

    private final Writer out;

    /** @param out closed by {@link #close} */
    public CsvWriter(OutputStream out) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.out.write(
                "metric_name,timestamp,metric_value," + String.join(",", TAG_COLUMNS) + ",extra_tags,metadata\n");
    }

    public void write(Sample sample) throws IOException {
        Map<String, String> extra = new TreeMap<>(sample.tags());
        out.write(field(sample.metric()) + "," + sample.time().getEpochSecond() + ","
                + String.format(Locale.ROOT, "%.6f", sample.value()));
        for (String column : TAG_COLUMNS) {
            String value = extra.remove(column);
            out.write("," + field(value == null ? "" : value));
        }
        out.write("," + field(joined(extra)) + "," + field(joined(new TreeMap<>(sample.metadata()))) + "\n");
    }

    private static String joined(Map<String, String> texts) {
        StringJoiner joined = new StringJoiner("&");
        texts.forEach((name, value) -> joined.add(name + "=" + value));
        return joined.toString();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** RFC 4180: quoted when it has to be. */
    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
