package io.bookstore.genai.spans;

import io.bookstore.perf.cli.terminal.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Prints a verdict for a person: what was judged, what departs and how often, and the verdict itself at the end. */
final class VerdictPrinter {

    private final PrintWriter out;

    VerdictPrinter(PrintWriter out) {
        this.out = out;
    }

    void print(Verdict verdict, List<String> conventions) {
        if (!verdict.departures().isEmpty()) {
            TextTable table = new TextTable(List.of("times", "departure"), Set.of(1));
            verdict.departures().forEach((departure, times) -> table.add(List.of(number(times), departure.toString())));
            table.lines().forEach(out::println);
        }
        if (verdict.uncounted() > 0) {
            out.println(number(verdict.uncounted()) + (verdict.uncounted() == 1 ? " time" : " times")
                    + " more, with other names");
        }
        out.println("judged      " + counts(verdict.judged()) + "; calls: " + number(verdict.calls()));
        out.println("not judged  " + counts(verdict.others()) + ", for they have no gen_ai name");
        if (verdict.foreignCalls() > 0) {
            out.println("            among them calls by the names of OpenInference or Traceloop: "
                    + number(verdict.foreignCalls()));
        }
        if (verdict.judged().spans() > 0 && verdict.judged().metrics() == 0) {
            out.println("no metrics of calls came, and none were judged");
        }
        out.println(sentence(verdict, String.join(", ", conventions)));
    }

    private static String sentence(Verdict verdict, String conventions) {
        return switch (verdict.exitCode()) {
            case OK -> "Nothing departs from the conventions " + conventions + ".";
            case THRESHOLDS_CROSSED ->
                "Departures from the conventions " + conventions + ": "
                        + number(verdict.departures().size()) + ".";
            default ->
                "Nothing was judged, which is no pass: "
                        + (verdict.others().none()
                                ? "nothing came at all."
                                : "no span, metric or log record has a gen_ai name.");
        };
    }

    private static String counts(Counts counts) {
        return "spans: " + number(counts.spans()) + ", metrics: " + number(counts.metrics()) + ", log records: "
                + number(counts.logRecords());
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
