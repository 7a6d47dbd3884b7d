package io.bookstore.perf.stack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page of metrics in Prometheus' text format. */
record MetricsPage(String text) {

    /** A route in a label has braces of its own, so the end of the labels is the first one outside of quotation marks. */
    private static final String LABELS = "(?:\\{((?:[^\"}]++|\"(?:[^\"\\\\]++|\\\\.)*+\")*+)})?";

    /** The sum of a series over all of its labels; null if there is none. */
    @Nullable
    Double sum(String series) {
        return sum(series, "");
    }

    /** @param label text that the labels must have, such as {@code le="0.25"} */
    @Nullable
    Double sum(String series, String label) {
        Matcher line =
                Pattern.compile("(?m)^" + series + LABELS + "\\s+([0-9.eE+-]+)").matcher(text);
        Double sum = null;
        while (line.find()) {
            String labels = line.group(1);
            if (label.isEmpty() || (labels != null && labels.contains(label))) {
                sum = (sum == null ? 0 : sum) + Double.parseDouble(line.group(2));
            }
        }
        return sum;
    }
}
