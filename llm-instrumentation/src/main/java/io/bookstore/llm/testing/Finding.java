package io.bookstore.llm.testing;

import java.util.Locale;

/**
 * A way in which a span, a metric or an event departs from the conventions.
 *
 * @param rule    which rule
 * @param subject name of the span, metric or event
 * @param detail  the thing, its value and what the rule wants
 */
public record Finding(Rule rule, String subject, String detail) {

    /** Returns the finding as a line of text. */
    @Override
    public String toString() {
        return rule.wireName() + ": " + subject + ": " + detail;
    }

    /** The rules, by the names of the official suite where it has them. */
    public enum Rule {
        MISSING_REQUIRED,
        UNKNOWN_ATTRIBUTE,
        /** Known, but not on a span or metric of this type. */
        UNEXPECTED_ATTRIBUTE,
        /** Content of prompts and answers without {@link GenAiConformance#allowingContent}. */
        OPT_IN_ATTRIBUTE_PRESENT,
        WRONG_TYPE,
        WRONG_VALUE,
        WRONG_KIND,
        WRONG_NAME,
        ERROR_TYPE_MISSING_ON_ERROR,
        ERROR_TYPE_WITHOUT_ERROR_STATUS,
        SPAN_STATUS_OK_SET_BY_INSTRUMENTATION,
        SUBSET_EXCEEDS_TOTAL,
        UNKNOWN_EVENT,
        /** An event that no span can be found by. */
        EVENT_WITHOUT_SPAN,
        MISSING_METRIC,
        UNKNOWN_METRIC,
        WRONG_INSTRUMENT,
        WRONG_UNIT,
        WRONG_BUCKETS;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
