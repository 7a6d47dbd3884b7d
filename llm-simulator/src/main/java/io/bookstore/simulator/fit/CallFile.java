package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls in a file of JSON, compressed with gzip or not: lines of the journal or of a recording, exports of spans by OTLP,
 * or the samples of a load test, each known by its members.
 *
 * @param calls   in the order of the file, those of spans and samples at the end
 * @param leftOut a sentence for each reason to leave lines out, with the first line and their number
 * @param unknown a sentence for each thing that such a file cannot tell
 */
record CallFile(List<Call> calls, List<String> leftOut, List<String> unknown) {

    CallFile {
        calls = List.copyOf(calls);
        leftOut = List.copyOf(leftOut);
        unknown = List.copyOf(unknown);
    }

    /** @throws IllegalArgumentException if the file cannot be read */
    static CallFile read(Path file) {
        Reading reading = new Reading();
        JsonText.read(file, reading.leftOut, reading::take);
        return reading.end();
    }

    private static final class Reading {

        private final List<Call> calls = new ArrayList<>();
        private final LeftOut leftOut = new LeftOut();
        private final SpanCalls spans = new SpanCalls(leftOut);
        private final SampleCalls samples = new SampleCalls(leftOut);
        private final SampleGroups groups = new SampleGroups();

        private void take(int line, JsonNode value) {
            try {
                if (value.isArray()) {
                    value.forEach(each -> take(line, each));
                } else if (!value.isObject()) {
                    leftOut.add("is no JSON object", line);
                } else if (SpanCalls.isExport(value)) {
                    spans.take(line, value);
                } else if (SampleCalls.isSample(value)) {
                    samples.take(line, value);
                } else if (SampleGroups.isGroup(value)) {
                    groups.samples(value).forEach(each -> samples.take(line, each));
                } else {
                    calls.add(JournalLine.call(value));
                }
            } catch (IllegalArgumentException e) {
                leftOut.add(e, line);
            }
        }

        private CallFile end() {
            calls.addAll(spans.calls());
            calls.addAll(samples.calls());
            return new CallFile(calls, leftOut.sentences(), samples.unknown());
        }
    }
}
