package io.bookstore.simulator.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the own answers.
 *
 * @param name      of the rule in the journal
 * @param line      of the file that has it; null if it was built in Java
 * @param responses one after the other; the last one stays
 */
public record AnswerRule(String name, @Nullable Integer line, Match match, List<Response> responses) {

    public AnswerRule {
        responses = List.copyOf(responses);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        if (responses.isEmpty()) {
            throw new IllegalArgumentException("responses must not be empty; give one at least");
        }
    }

    /** The response to the request that is the so many-th, from 0. */
    Response response(long index) {
        return responses.get((int) Math.min(index, responses.size() - 1));
    }

    /** The name, with the line where there is one. */
    String place() {
        return "\"" + name + "\"" + (line == null ? "" : " (line " + line + ")");
    }
}
