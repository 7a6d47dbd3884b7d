package io.bookstore.perf.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** A sentence in lines that fit a terminal of 80 columns, two of them for an indent. */
public final class Lines {

    private static final int WIDTH = 78;

    private Lines() {}

    public static boolean fits(String line) {
        return line.length() <= WIDTH;
    }

    public static List<String> of(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
