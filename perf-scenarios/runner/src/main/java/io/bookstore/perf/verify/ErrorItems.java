package io.bookstore.perf.verify;

import io.bookstore.perf.verify.ServiceFacts.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The items about answers to requests that are wrong on purpose. */
final class ErrorItems {

    /** Seconds, or a date as HTTP writes it (RFC 9110). */
    private static final Pattern comeBack = Pattern.compile("\\d+|\\w{3}, \\d{2} \\w{3} \\d{4} [\\d:]{8} GMT");

    private final ServiceFacts facts;
    private final ItemList items;

    ErrorItems(ServiceFacts facts, ItemList items) {
        this.facts = facts;
        this.items = items;
    }

    void look() {
        Response unknownPath = facts.unknownPath();
        String rule = "A path that does not exist is answered with 404";
        String remedy = "A gateway that answers everything with 200, or a login page, hides mistakes in addresses.";
        if (unknownPath == null) {
            items.unknown("unknown-path", rule, "not asked, for there was nothing to ask about", facts.items());
        } else if (unknownPath.status() == 404) {
            items.pass("unknown-path", rule, "HTTP 404");
        } else {
            items.fail("unknown-path", rule, "HTTP " + unknownPath.status(), remedy);
        }
        lookAtMalformedBody();
        lookAtErrorFormat();
        lookAtRetryAfter();
    }

    private void lookAtMalformedBody() {
        Response answer = facts.malformed();
        String rule = "A body that is no JSON is the caller's error: 400 or 422";
        if (answer == null) {
            items.unknown("malformed-body", rule, "the operation has no body, or was not asked", "");
        } else if (answer.status() == 400 || answer.status() == 422) {
            items.pass("malformed-body", rule, "HTTP " + answer.status());
        } else {
            items.fail(
                    "malformed-body",
                    rule,
                    "HTTP " + answer.status(),
                    answer.status() >= 500
                            ? "Callers retry a 5xx: have the service refuse the body with 400."
                            : "Have the service check the body before it asks the model: the request may have cost money.");
        }
    }

    private void lookAtErrorFormat() {
        String rule = "An error is told as JSON";
        List<Response> errors = Stream.of(facts.unknownPath(), facts.malformed())
                .filter(Objects::nonNull)
                .filter(answer -> answer.status() >= 400)
                .toList();
        Optional<Response> other =
                errors.stream().filter(answer -> !answer.json()).findFirst();
        if (errors.isEmpty()) {
            items.unknown("error-format", rule, "no error was answered", "");
        } else if (other.isEmpty()) {
            items.pass(
                    "error-format", rule, errors.size() == 1 ? "1 error is JSON" : errors.size() + " errors are JSON");
        } else {
            items.fail(
                    "error-format",
                    rule,
                    "HTTP " + other.get().status() + " with "
                            + (other.get().isHtml() ? "HTML" : other.get().shownContentType()),
                    "Answer errors as the API does, best as a problem document (RFC 9457).");
        }
    }

    private void lookAtRetryAfter() {
        String rule = "An answer 429 says when to come back";
        List<Response> limited = Stream.concat(facts.answers().stream(), Stream.ofNullable(facts.limited()))
                .filter(answer -> answer.status() == 429)
                .toList();
        Optional<Response> silent = limited.stream()
                .filter(answer -> answer.retryAfter() == null
                        || !comeBack.matcher(answer.retryAfter()).matches())
                .findFirst();
        if (limited.isEmpty()) {
            items.unknown(
                    "retry-after",
                    rule,
                    facts.limited() == null
                            ? "no answer was 429"
                            : "the request that expects 429 got HTTP "
                                    + facts.limited().status(),
                    "Describe a request that gets one in \"errors\", if there is any.");
        } else if (silent.isEmpty()) {
            items.pass("retry-after", rule, "Retry-After: " + limited.get(0).retryAfter());
        } else {
            String told = silent.get().retryAfter();
            items.fail(
                    "retry-after",
                    rule,
                    told == null ? "no Retry-After" : "Retry-After: " + told,
                    "Send Retry-After with seconds or a date: clients come back at once else, and all at one time.");
        }
    }
}
