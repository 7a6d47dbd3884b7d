package io.bookstore.simulator.simulation;

import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.AnswersInForce;
import io.bookstore.simulator.rule.AnswersYaml;
import io.bookstore.simulator.rule.ChosenResponse;
import io.bookstore.simulator.rule.Response;
import io.bookstore.simulator.rule.RuleRequest;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Operation;
import io.bookstore.simulator.wire.Refusal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The rules of the own answers, which may change while requests come. Thread-safe. */
final class OwnAnswers {

    private Answers initial;
    private volatile AnswersInForce inForce;

    OwnAnswers(Answers initial) {
        this.initial = initial;
        this.inForce = new AnswersInForce(initial);
    }

    AnswersInForce inForce() {
        return inForce;
    }

    /** Changes the rules from the next request on; a rule that stays goes on with its sequence. */
    synchronized void change(Answers changed) {
        inForce = inForce.changedTo(changed);
    }

    /** Comes back to the first rules, each at the begin of its sequence. */
    synchronized void reset() {
        inForce = new AnswersInForce(initial);
    }

    /**
     * Reads the file of the first rules again, and begins with them anew.
     *
     * @throws IllegalArgumentException if there is no such file, or it is wrong; the rules stay as they are
     */
    synchronized void reload() {
        Path file = initial.file();
        if (file == null) {
            throw new IllegalArgumentException(
                    "There is no file of answers to read again: start with --answers, or PUT /admin/answers");
        }
        initial = AnswersYaml.read(file);
        inForce = new AnswersInForce(initial);
    }

    /**
     * Chooses the response to a request.
     *
     * @param request as the rules see it; null if they are not asked
     */
    Choice choose(Operation operation, @Nullable RuleRequest request) {
        AnswersInForce current = inForce;
        if (request == null || operation != Operation.CHAT || current.answers().isNone()) {
            return Choice.NONE;
        }
        ChosenResponse chosen = current.choose(request);
        boolean refused = chosen == null && current.answers().strict();
        return new Choice(chosen, refused ? noRule(request) : null);
    }

    private static Refusal noRule(RuleRequest request) {
        return Refusal.of(
                Refusal.Kind.INVALID_REQUEST,
                "No rule of the simulator's answers matches this request (" + request.summary()
                        + "); add a rule, or leave out strict");
    }

    /**
     * @param response of the first rule that matches; null if none does
     * @param refusal  of a request that no rule matches, if they are strict; null otherwise
     */
    record Choice(
            @Nullable ChosenResponse response, @Nullable Refusal refusal) {

        private static final Choice NONE = new Choice(null, null);

        /** The request with the input tokens that the rule bills, if it says so. */
        GenerationRequest billed(GenerationRequest request) {
            Response.Usage usage = response == null ? null : response.response().usage();
            Integer tokens = usage == null ? null : usage.inputTokens();
            return tokens == null ? request : request.billedAs(tokens);
        }
    }
}
