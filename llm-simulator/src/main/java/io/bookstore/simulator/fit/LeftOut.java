package io.bookstore.simulator.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reasons to leave lines of a file out, each with its first line and their number. */
final class LeftOut {

    private static final class Lines {
        private final int first;
        private int count;

        private Lines(int first) {
            this.first = first;
        }
    }

    private final Map<String, Lines> reasons = new LinkedHashMap<>();
    private final List<String> ends = new ArrayList<>();

    /** @param reason the end of a sentence that begins with the line's number */
    void add(String reason, int line) {
        reasons.computeIfAbsent(reason, each -> new Lines(line)).count++;
    }

    void breaksOff(int line) {
        ends.add("The file breaks off in line " + line + ": what stands before it is read");
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        reasons.forEach((reason, lines) -> sentences.add(sentence(reason, lines)));
        sentences.addAll(ends);
        return sentences;
    }

    private static String sentence(String reason, Lines lines) {
        return "Line " + lines.first + " " + reason
                + (lines.count == 1 ? "" : ", and so are " + (lines.count - 1) + " more") + ": left out";
    }
}
