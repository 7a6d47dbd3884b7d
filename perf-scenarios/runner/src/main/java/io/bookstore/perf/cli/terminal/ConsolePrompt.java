package io.bookstore.perf.cli.terminal;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.run.Bill;
import io.bookstore.perf.run.Consent;
import io.bookstore.perf.stack.Stack;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Shows the bill, and goes on if the command line or the person at the terminal says so. */
public final class ConsolePrompt implements Consent {

    private final boolean yes;
    private final @Nullable Double maxUsd;
    private final PrintWriter out;
    private final Optional<UnaryOperator<String>> person;

    /** @param person answers a question; empty if nobody watches */
    public ConsolePrompt(
            boolean yes, @Nullable Double maxUsd, PrintWriter out, Optional<UnaryOperator<String>> person) {
        this.yes = yes;
        this.maxUsd = maxUsd;
        this.out = out;
        this.person = person;
    }

    @Override
    public void confirm(Bill bill) {
        confirm(
                sentence(bill),
                "about $" + dollars(bill.usd())
                        + ": say --yes, best with --max-usd, or set SIMULATOR_URL for a simulated provider.");
    }

    /** The sentence on what a run costs, and where its limit ends it. */
    public String sentence(Bill bill) {
        return bill.sentence() + limit(bill);
    }

    /**
     * Asks before single requests to the model of a service, if they may cost money.
     *
     * @param paid true if they do unless the service itself says otherwise
     * @throws PerfException if nobody agreed, or nothing answers at {@code service}
     */
    public void confirmRequests(URI service, boolean paid) throws InterruptedException {
        TargetFacts facts;
        try (Stack stack = Stack.at(service)) {
            facts = stack.facts();
        }
        if (facts.simulated() == null ? paid : !facts.simulated()) {
            confirm(
                    Bill.claim(facts) + ": a request to its model may cost money.",
                    "a request that may cost money: say --yes.");
        }
    }

    private void confirm(String sentence, String nobodyAgreesTo) {
        out.println(sentence);
        out.flush();
        if (yes) {
            return;
        }
        if (person.isEmpty()) {
            throw new PerfException(ExitCode.NOT_AGREED, "Nobody is here to agree to " + nobodyAgreesTo);
        }
        String answer = person.get().apply("Go on? [y/N] ");
        if (!answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new PerfException(ExitCode.NOT_AGREED, "Nothing was sent: you did not agree to the cost.");
        }
    }

    private String limit(Bill bill) {
        if (maxUsd == null) {
            return "";
        }
        String limit = " --max-usd stops the run at $" + dollars(maxUsd);
        return limit + (bill.usd() > maxUsd ? ", before its end." : ".");
    }

    private static String dollars(double usd) {
        return String.format(Locale.ROOT, "%.2f", usd);
    }
}
