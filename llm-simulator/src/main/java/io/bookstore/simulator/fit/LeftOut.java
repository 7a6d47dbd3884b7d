package io.bookstore.simulator.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reasons to leave lines of a file out, each with its first line and their number. */
final class LeftOut {

    private static final class Lines {
        private final String reason;
        private final int first;
        private int count;

        private Lines(String reason, int first) {
            this.reason = reason;
            this.first = first;
        }
    }

    private final Map<String, Lines> reasons = new LinkedHashMap<>();
    private final List<String> ends = new ArrayList<>();

    /** @param reason the end of a sentence that begins with the line's number */
    void add(String reason, int line) {
        add(reason, reason, line);
    }

    /** @param reason has as its message the end of a sentence that begins with the line's number */
    void add(IllegalArgumentException reason, int line) {
        String message = String.valueOf(reason.getMessage());
        add(reason instanceof Implausible number ? number.kind() : message, message, line);
    }

    private void add(String kind, String reason, int line) {
        reasons.computeIfAbsent(kind, each -> new Lines(reason, line)).count++;
    }

    void breaksOff(int line) {
        ends.add("The file breaks off in line " + line + ": what stands before it is read");
    }

    void breaksOffAtOnce(int line) {
        ends.add("The file breaks off in line " + line + ", before the end of its first call: export it again");
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        reasons.values().forEach(lines -> sentences.add(sentence(lines)));
        sentences.addAll(ends);
        return sentences;
    }

    private static String sentence(Lines lines) {
        return "Line " + lines.first + " " + lines.reason
                + (lines.count == 1 ? "" : ", and so are " + (lines.count - 1) + " more") + ": left out";
    }
}
