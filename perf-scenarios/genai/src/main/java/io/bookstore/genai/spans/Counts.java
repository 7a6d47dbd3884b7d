package io.bookstore.genai.spans;

/** Numbers of each signal; of a metric that came several times it is one. */
record Counts(long spans, long metrics, long logRecords) {

    static final Counts NONE = new Counts(0, 0, 0);

    Counts plusSpan() {
        return new Counts(spans + 1, metrics, logRecords);
    }

    Counts plusMetric() {
        return new Counts(spans, metrics + 1, logRecords);
    }

    Counts plusLogRecord() {
        return new Counts(spans, metrics, logRecords + 1);
    }

    boolean none() {
        return equals(NONE);
    }
}
