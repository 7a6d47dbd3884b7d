package io.bookstore.perf.progress;

import java.io.PrintWriter;
import java.util.List;

/** The place on a terminal or in a log that shows progress. Not thread-safe. */
sealed interface Screen {

    /** Shows the current state, in place of the last one where that is possible. */
    void show(List<String> block);

    /** Text that stays. */
    void print(String text);

    /** Takes the block away. */
    void clear();

    /** A terminal: the block is overwritten in place, text scrolls above it. */
    final class Terminal implements Screen {

        private static final String CLEAR_TO_END = "\u001b[J";

        private final PrintWriter out;
        private int linesShown;

        Terminal(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void show(List<String> block) {
            // One write for the whole frame, else it flickers.
            out.print(home() + String.join("\n", block) + "\n");
            out.flush();
            linesShown = block.size();
        }

        @Override
        public void print(String text) {
            clear();
            out.println(text);
            out.flush();
        }

        @Override
        public void clear() {
            out.print(home());
            out.flush();
            linesShown = 0;
        }

        private String home() {
            return linesShown == 0 ? "" : "\u001b[" + linesShown + "F" + CLEAR_TO_END;
        }
    }

    /** A file or pipe: every state is a line of its own. */
    final class Lines implements Screen {

        private final PrintWriter out;

        Lines(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void show(List<String> block) {
            block.forEach(out::println);
            out.flush();
        }

        @Override
        public void print(String text) {
            out.println(text);
            out.flush();
        }

        @Override
        public void clear() {
            // What was written stays.
        }
    }
}
