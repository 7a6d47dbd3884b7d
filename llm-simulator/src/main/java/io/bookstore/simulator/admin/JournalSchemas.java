package io.bookstore.simulator.admin;

import static io.bookstore.simulator.admin.Schema.choice;
import static io.bookstore.simulator.admin.Schema.flag;
import static io.bookstore.simulator.admin.Schema.integer;
import static io.bookstore.simulator.admin.Schema.list;
import static io.bookstore.simulator.admin.Schema.map;
import static io.bookstore.simulator.admin.Schema.number;
import static io.bookstore.simulator.admin.Schema.object;
import static io.bookstore.simulator.admin.Schema.text;

/** The schemas of the journal, of the verdicts that it leads to, and of the reports that clients add. */
final class JournalSchemas {

    private JournalSchemas() {}

    static Schema attempt() {
        return object().always(
                        "sequence",
                        integer("order of arrival since the last reset, from 1").ofLong())
                .always("requestKey", text("x-request-id, else the trace id and a hash of the body, else that hash"))
                .always("attempt", integer("1, or more for a retry").atLeast(1))
                .maybe("client", text("short hashes of API key and user agent; absent without a key"))
                .always("time", text("arrival of the request's last byte").asTime())
                .always("provider", text("wire format"))
                .always("operation", choice("chat", "embeddings", "count_tokens", "moderation"))
                .maybe("model", text("requested model; absent if the request could not be read that far"))
                .always("streaming", flag("true if a stream was requested"))
                .maybe("batch", text("identifier of the batch that the request was in"))
                .maybe(
                        "trusted",
                        integer("sequence of an attempt with a malformed frame, whose text without that frame the"
                                        + " conversation goes on with")
                                .ofLong())
                .maybe("status", integer("HTTP status; absent if none was sent"))
                .always("outcome", choice("completed", "refused", "cut", "abandoned"))
                .maybe("inputTokens", integer("tokens of the prompt; absent if nothing is billed"))
                .maybe("outputTokens", integer("tokens of the answer; absent if nothing is billed"))
                .maybe("cacheReadTokens", integer("input tokens that came from the prompt cache"))
                .maybe("cacheWriteTokens", integer("input tokens that were put into the prompt cache"))
                .maybe("plannedTtftMs", number("planned time to the first token"))
                .maybe("plannedDurationMs", number("planned time to the last byte"))
                .maybe("actualTtftMs", number("time to the first text; absent if the answer was one document"))
                .always("actualDurationMs", number("time to the last byte"))
                .maybe("queuedMs", number("wait for a slot"))
                .maybe("coldStartMs", number("wait for the model to be loaded"))
                .maybe("loadFactor", number("slowdown by the other requests"))
                .maybe("rule", text("rule of the own answers that answered"))
                .maybe("fault", text("injected fault"))
                .maybe("retryAfterMs", number("wait that the client was asked for"))
                .maybe(
                        "requestsRemaining",
                        integer("rest of the bucket of requests after the decision")
                                .ofLong())
                .maybe(
                        "inputTokensRemaining",
                        integer("rest of the bucket of input tokens").ofLong())
                .maybe(
                        "outputTokensRemaining",
                        integer("rest of the bucket of output tokens").ofLong())
                .maybe("chunks", integer("chunks with text that were sent"))
                .maybe(
                        "plannedChunksMs",
                        list(number("due time since arrival")).describe("due times of the first 512 chunks"))
                .maybe(
                        "actualChunksMs",
                        list(number("time of sending since arrival")).describe("times at which they were sent"));
    }

    static Schema journalSummary() {
        return object().always(
                        "count",
                        integer("attempts since the journal was last cleared").ofLong())
                .always("kept", integer("attempts still in the journal"))
                .always("statuses", map(integer("attempts")).describe("attempts kept by status"))
                .always("faults", map(integer("attempts")).describe("attempts kept by injected fault"))
                .maybe("medianPlannedTtftMs", median())
                .maybe("medianActualTtftMs", median())
                .maybe("medianPlannedDurationMs", median())
                .maybe("medianActualDurationMs", median())
                .maybe("medianInputTokens", median())
                .maybe("medianOutputTokens", median())
                .always("billed", billed());
    }

    private static Schema billed() {
        return object().always("attempts", total("chats that were not refused"))
                .always("inputTokens", total("tokens of their prompts"))
                .always("cachedTokens", total("those of them that the provider's cache read or kept"))
                .always("outputTokens", total("tokens of their answers"));
    }

    private static Schema total(String meaning) {
        return integer(meaning + ", since the journal was last cleared").ofLong();
    }

    private static Schema median() {
        return number("absent if no completed chat has the value");
    }

    static Schema verdicts() {
        Schema verdict = object().always("name", text("name of the rule"))
                .always("good", flag("true if no case broke the rule"))
                .always("cases", integer("cases to judge"))
                .always("broken", integer("cases that broke the rule"))
                .maybe("detail", text("sentence about the first broken case; absent if there is none"));
        Schema provider = object().always("provider", text("wire format"))
                .always("good", flag("true if all rules were kept"))
                .always("calls", integer("requests without their retries"))
                .always("attempts", integer("requests with their retries"))
                .always("amplification", number("attempts a call"))
                .always("verdicts", list(verdict));
        return object().always("good", flag("true if the clients of all providers kept all rules"))
                .always("providers", list(provider));
    }

    static Schema report() {
        return object().always("requestKey", text("x-request-id of the call"))
                .always("believed", flag("true if the client took the answer for a whole one"));
    }
}
