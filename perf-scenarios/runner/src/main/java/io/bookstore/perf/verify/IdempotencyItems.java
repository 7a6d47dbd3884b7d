package io.bookstore.perf.verify;

import io.bookstore.perf.verify.ServiceFacts.Idempotency;
import io.bookstore.perf.verify.ServiceFacts.Response;
import org.jspecify.annotations.Nullable;

/** The items about a request that a client sends again, where the descriptor promises that it has one effect. */
final class IdempotencyItems {

    private final ServiceFacts facts;
    private final ItemList items;

    IdempotencyItems(ServiceFacts facts, ItemList items) {
        this.facts = facts;
        this.items = items;
    }

    void look() {
        Idempotency asked = facts.idempotency();
        String repeat = "A request that is sent again with its idempotency key gets its first answer";
        String conflict = "An idempotency key with another body is refused";
        if (asked == null) {
            String reason = "the descriptor promises none, or it was not asked";
            items.unknown(
                    "idempotency", repeat, reason, "Name the header by \"idempotency\" of an operation that has it.");
            items.unknown("idempotency-conflict", conflict, reason, "");
            return;
        }
        if (!good(asked.first())) {
            String reason = asked.operation() + " was answered with HTTP "
                    + asked.first().status();
            items.unknown("idempotency", repeat, reason, "");
            items.unknown("idempotency-conflict", conflict, reason, "");
            return;
        }
        lookAtRepeat(asked, repeat);
        lookAtConflict(asked.operation(), asked.other(), conflict);
    }

    private void lookAtRepeat(Idempotency asked, String rule) {
        Response again = asked.again();
        String evidence = asked.operation() + ": HTTP " + asked.first().status() + ", then " + again.status();
        String remedy = "Keep the answer under its key, and send it again: else a retry creates, or bills, twice.";
        if (!good(again)) {
            items.fail("idempotency", rule, evidence, remedy);
        } else if (asked.sameBody()) {
            items.pass("idempotency", rule, evidence + " with the same body");
        } else {
            items.fail("idempotency", rule, evidence + " with another body", remedy);
        }
    }

    private void lookAtConflict(String operation, @Nullable Response other, String rule) {
        if (other == null) {
            items.unknown("idempotency-conflict", rule, operation + " has the same body for each item", "");
        } else if (other.status() >= 400 && other.status() < 500) {
            items.pass("idempotency-conflict", rule, "HTTP " + other.status());
        } else {
            items.fail(
                    "idempotency-conflict",
                    rule,
                    "HTTP " + other.status(),
                    "Keep a hash of the body with the key, and refuse another one with 422: a client has mixed up its keys.");
        }
    }

    private static boolean good(Response answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }
}
