package io.bookstore.simulator.junit;

import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.Match;
import io.bookstore.simulator.rule.Response;

/**
 * The own answers of a test: {@code answers.when(prompt().contains("weather")).reply("It is sunny.")}. Each rule is in force
 * at once, after those before it, until the test ends.
 */
public final class TestAnswers {

    private final SimulatorServer simulator;

    TestAnswers(SimulatorServer simulator) {
        this.simulator = simulator;
    }

    /** The begin of a rule. */
    public Rule when(Match match) {
        return new Rule(simulator.answers().when(match));
    }

    /** Refuses each request that no rule matches. */
    public TestAnswers strict() {
        simulator.answer(simulator.answers().withStrict(true));
        return this;
    }

    /** A rule that awaits its responses. */
    public final class Rule {

        private final Answers.Rule rule;

        private Rule(Answers.Rule rule) {
            this.rule = rule;
        }

        /** The same rule with another name in the journal. */
        public Rule named(String name) {
            return new Rule(rule.named(name));
        }

        /** Adds the rule, which gives a text; it may have templates. */
        public TestAnswers reply(String text) {
            return reply(Response.text(text));
        }

        /**
         * Adds the rule.
         *
         * @param responses one after the other; the last one stays
         * @throws IllegalArgumentException if the rule can never match, or its name is there
         */
        public TestAnswers reply(Response... responses) {
            simulator.answer(rule.reply(responses));
            return TestAnswers.this;
        }
    }
}
