package io.bookstore.simulator.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The own answers of a simulator. The first rule that a request meets answers it; a request that meets none is answered as
 * without rules, or refused if that is {@code strict}.
 *
 * <pre>
 * Answers.NONE.when(prompt().contains("weather")).reply("It is sunny.")
 * </pre>
 *
 * @param warnings a sentence for each rule of the file that was left out
 * @param file     that they were read from; null if they came otherwise
 */
public record Answers(
        List<AnswerRule> rules,
        boolean strict,
        List<String> warnings,
        @Nullable Path file) {

    /** No rule: everything is answered as without rules. */
    public static final Answers NONE = new Answers(List.of(), false, List.of(), null);

    public Answers {
        rules = List.copyOf(rules);
        warnings = List.copyOf(warnings);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            AnswerRule rule = rules.get(i);
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("The name " + rule.place() + " is there twice; change one");
            }
            String covered = covered(rules.subList(0, i), rule);
            if (covered != null) {
                throw new IllegalArgumentException("Rule \"" + rule.name() + "\" can never match: " + covered);
            }
        }
    }

    /** The reason why a rule can never match after the earlier ones, and what helps; null if it can. */
    static @Nullable String covered(List<AnswerRule> earlier, AnswerRule rule) {
        return earlier.stream()
                .filter(before -> before.match().covers(rule.match()))
                .findFirst()
                .map(before -> "rule " + before.place()
                        + " takes all its requests; move it before that one, or give that one more conditions")
                .orElse(null);
    }

    /** The begin of one more rule, which comes after those that are there. */
    public Rule when(Match match) {
        return new Rule("rule " + (rules.size() + 1), match);
    }

    /** The same, refusing requests that no rule matches or not. */
    public Answers withStrict(boolean value) {
        return new Answers(rules, value, warnings, file);
    }

    /** Returns whether they change nothing. */
    public boolean isNone() {
        return rules.isEmpty() && !strict;
    }

    /** A rule that awaits its responses. */
    public final class Rule {

        private final String name;
        private final Match match;

        private Rule(String name, Match match) {
            this.name = name;
            this.match = match;
        }

        /** The same rule with another name in the journal. */
        public Rule named(String value) {
            return new Rule(value, match);
        }

        /** The answers with this rule, which gives a text; it may have templates. */
        public Answers reply(String text) {
            return reply(Response.text(text));
        }

        /**
         * The answers with this rule.
         *
         * @param responses one after the other; the last one stays
         * @throws IllegalArgumentException if the rule can never match, or its name is there
         */
        public Answers reply(Response... responses) {
            List<AnswerRule> more = new ArrayList<>(rules);
            more.add(new AnswerRule(name, null, match, List.of(responses)));
            return new Answers(more, strict, warnings, file);
        }
    }
}
