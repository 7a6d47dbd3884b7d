package io.bookstore.simulator.rule;

import java.util.regex.Pattern;

/** A condition on a text. */
sealed interface TextMatch {

    boolean test(String text);

    /**
     * Returns whether each text that meets the other condition meets this one too. Where that would need a look into a
     * pattern the answer is false.
     */
    boolean covers(TextMatch other);

    /** The key of the condition in a file. */
    String key();

    /** The text, or the pattern, that is compared with. */
    String expected();

    /** The whole text. */
    record EqualTo(String expected) implements TextMatch {

        @Override
        public boolean test(String text) {
            return text.equals(expected);
        }

        @Override
        public boolean covers(TextMatch other) {
            return equals(other);
        }

        @Override
        public String key() {
            return "equals";
        }
    }

    /** A part of the text. */
    record Containing(String expected) implements TextMatch {

        @Override
        public boolean test(String text) {
            return text.contains(expected);
        }

        @Override
        public boolean covers(TextMatch other) {
            return !(other instanceof Finding) && test(other.expected());
        }

        @Override
        public String key() {
            return "contains";
        }
    }

    /** A part of the text that a pattern describes. */
    record Finding(Pattern pattern) implements TextMatch {

        @Override
        public boolean test(String text) {
            return pattern.matcher(text).find();
        }

        @Override
        public boolean covers(TextMatch other) {
            return other instanceof EqualTo ? test(other.expected()) : isSamePattern(other);
        }

        private boolean isSamePattern(TextMatch other) {
            return other instanceof Finding && other.expected().equals(expected());
        }

        @Override
        public String key() {
            return "pattern";
        }

        @Override
        public String expected() {
            return pattern.pattern();
        }
    }
}
