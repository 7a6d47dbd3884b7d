package io.bookstore.simulator.rule;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Own answers since they came into force, with the number of requests that each rule has taken. Thread-safe. */
public final class AnswersInForce {

    private final Answers answers;
    private final List<Counted> rules;
    private final AtomicLong unmatched = new AtomicLong();

    /** A rule and the requests that it has taken. */
    record Counted(AnswerRule rule, AtomicLong matched) {}

    public AnswersInForce(Answers answers) {
        this(answers, List.of());
    }

    private AnswersInForce(Answers answers, List<Counted> before) {
        this.answers = answers;
        this.rules = answers.rules().stream()
                .map(rule -> before.stream()
                        .filter(counted -> counted.rule() == rule)
                        .findFirst()
                        .orElseGet(() -> new Counted(rule, new AtomicLong())))
                .toList();
    }

    /** Other answers: a rule that stays goes on with its sequence, all others begin theirs. */
    public AnswersInForce changedTo(Answers changed) {
        return new AnswersInForce(changed, rules);
    }

    public Answers answers() {
        return answers;
    }

    /** Takes the next response of the first rule that the request meets; null if it meets none. */
    public @Nullable ChosenResponse choose(RuleRequest request) {
        for (Counted counted : rules) {
            AnswerRule rule = counted.rule();
            if (rule.match().test(request)) {
                long before = counted.matched().getAndIncrement();
                return new ChosenResponse(rule.name(), rule.response(before), request);
            }
        }
        unmatched.incrementAndGet();
        return null;
    }

    List<Counted> rules() {
        return rules;
    }

    /** The requests that no rule has taken. */
    long unmatched() {
        return unmatched.get();
    }
}
