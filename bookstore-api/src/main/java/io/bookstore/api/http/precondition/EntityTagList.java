package io.bookstore.api.http.precondition;

import io.bookstore.api.http.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of {@code If-Match} or {@code If-None-Match}: {@code *}, or tags separated by commas (RFC 9110, section 13.1).
 *
 * @param any true for {@code *}, which fits every tag
 * @param tags each in its quotes, with {@code W/} before a weak one
 */
record EntityTagList(boolean any, List<String> tags) {

    private static final Pattern TAG =
            Pattern.compile("[ \\t]*((?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")[ \\t]*(?:,|$)");
    private static final String WEAK = "W/";

    EntityTagList {
        tags = List.copyOf(tags);
    }

    /**
     * Reads the header.
     *
     * @throws ProblemException if it is no list of tags
     */
    static EntityTagList of(String header, List<String> values) {
        String list = String.join(",", values);
        if (list.strip().equals("*")) {
            return new EntityTagList(true, List.of());
        }
        List<String> tags = new ArrayList<>();
        Matcher tag = TAG.matcher(list);
        while (tag.lookingAt()) {
            tags.add(tag.group(1));
            tag.region(tag.end(), list.length());
        }
        if (tags.isEmpty() || tag.regionStart() != list.length()) {
            throw ProblemException.invalidParameter(header, "must be * or entity tags in their quotes, such as \"3\"");
        }
        return new EntityTagList(false, tags);
    }

    /** Strong comparison: a weak tag matches nothing. */
    boolean strictlyMatches(EntityTag current) {
        return any || tags.contains(current.toString());
    }

    /** Weak comparison: the mark of a weak tag does not count. */
    boolean looselyMatches(EntityTag current) {
        return strictlyMatches(current) || tags.contains(WEAK + current);
    }
}
