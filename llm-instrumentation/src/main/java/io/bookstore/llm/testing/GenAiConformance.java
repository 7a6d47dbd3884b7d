package io.bookstore.llm.testing;

import io.bookstore.llm.semconv.GenAiConventions;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks spans and metrics, as in-memory exporters collect them, against the tables of the GenAI conventions. Whoever
 * wrote them: it knows nothing of this library's code. Spans and metrics without GenAI names are passed over.
 *
 * <pre>{@code
 * GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
 * }</pre>
 */
public final class GenAiConformance {

    private final Catalogue catalogue;
    private final Set<GenAiConventions> conventions;
    private final boolean contentAllowed;

    private GenAiConformance(Catalogue catalogue, Set<GenAiConventions> conventions, boolean contentAllowed) {
        this.catalogue = catalogue;
        this.conventions = conventions;
        this.contentAllowed = contentAllowed;
    }

    /** A check against these generations; where there are several, each name of any of them is known. */
    public static GenAiConformance of(GenAiConventions first, GenAiConventions... more) {
        return new GenAiConformance(Catalogue.read(), EnumSet.of(first, more), false);
    }

    /** Content of prompts and answers may be there: the service has switched it on. */
    public GenAiConformance allowingContent() {
        return new GenAiConformance(catalogue, conventions, true);
    }

    /** Returns the faults of the spans; empty if there is none. */
    public List<Finding> checkSpans(Collection<SpanData> spans) {
        SpanCheck check = new SpanCheck(catalogue, conventions, contentAllowed);
        return spans.stream().flatMap(span -> check.check(span).stream()).toList();
    }

    /** Returns the faults of the metrics; empty if there is none. */
    public List<Finding> checkMetrics(Collection<MetricData> metrics) {
        MetricCheck check = new MetricCheck(catalogue, conventions);
        return metrics.stream().flatMap(metric -> check.check(metric).stream()).toList();
    }

    /** Returns the faults of the events; empty if there is none. Log records without a name of the conventions are passed over. */
    public List<Finding> checkEvents(Collection<LogRecordData> records) {
        EventCheck check = new EventCheck(catalogue, conventions);
        return records.stream().flatMap(record -> check.check(record).stream()).toList();
    }

    /** Returns the faults of spans and metrics, and of both together: a call without its duration. */
    public List<Finding> check(Collection<SpanData> spans, Collection<MetricData> metrics) {
        List<Finding> findings = new ArrayList<>(checkSpans(spans));
        findings.addAll(checkMetrics(metrics));
        findings.addAll(MetricCheck.missing(catalogue, conventions, spans, metrics));
        return findings;
    }

    /** @throws AssertionError that lists every finding, a line each */
    public void assertConforms(Collection<SpanData> spans, Collection<MetricData> metrics) {
        fail(check(spans, metrics));
    }

    /** @throws AssertionError that lists every finding, a line each */
    public void assertConforms(Collection<SpanData> spans) {
        fail(checkSpans(spans));
    }

    private void fail(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw new AssertionError(findings.size() + " departures from the GenAI conventions " + conventions + ":\n"
                    + findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        }
    }
}
