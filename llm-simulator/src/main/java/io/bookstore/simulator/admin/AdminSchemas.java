package io.bookstore.simulator.admin;

import static io.bookstore.simulator.admin.Schema.anyObject;
import static io.bookstore.simulator.admin.Schema.choice;
import static io.bookstore.simulator.admin.Schema.either;
import static io.bookstore.simulator.admin.Schema.flag;
import static io.bookstore.simulator.admin.Schema.integer;
import static io.bookstore.simulator.admin.Schema.list;
import static io.bookstore.simulator.admin.Schema.map;
import static io.bookstore.simulator.admin.Schema.named;
import static io.bookstore.simulator.admin.Schema.number;
import static io.bookstore.simulator.admin.Schema.object;
import static io.bookstore.simulator.admin.Schema.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;

/**
 * The schemas of all bodies that the admin routes read and write. {@code AdminOpenApiTest} holds them against a running
 * server.
 */
final class AdminSchemas {

    private AdminSchemas() {}

    static ObjectNode all() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("Health", health().node());
        all.set("Config", config().node());
        all.set("ConfigChange", configChange().node());
        all.set("Answers", answers().node());
        all.set("AnswersChange", answersChange().node());
        all.set("Profile", profile().node());
        all.set("Attempt", attempt().node());
        all.set("JournalSummary", journalSummary().node());
        all.set("Verdicts", verdicts().node());
        all.set("Report", report().node());
        all.set("Problem", problem().node());
        return all;
    }

    private static Schema health() {
        return object().always("status", choice("UP"))
                .always("profile", text("name of the profile in force"))
                .always("seed", seed());
    }

    private static Schema config() {
        return object().always("profile", either(profileName(), named("Profile")))
                .always("seed", seed())
                .always("promptCache", promptCache())
                .always("limits", limits())
                .always("faults", faults());
    }

    private static Schema configChange() {
        Schema own = object().always("name", text("name of the new profile"))
                .maybe("base", profileName())
                .maybe("prefill", prefill())
                .maybe("decode", decode())
                .maybe("stall", stall())
                .maybe("outputLength", outputLength())
                .maybe("serving", serving())
                .maybe("agent", agent())
                .maybe("reasoning", reasoning())
                .maybe("sources", sources());
        return object().maybe(
                        "profile",
                        either(profileName(), own)
                                .describe("name of a profile that comes with the simulator, or a new one, which"
                                        + " starts from its base and changes the numbers it names"))
                .maybe("seed", seed())
                .maybe("promptCache", promptCache())
                .maybe("limits", limits())
                .maybe("faults", faults());
    }

    private static Schema answers() {
        Schema rule = object().always("name", text("name of the rule in the journal"))
                .maybe("line", integer("line of the file").atLeast(1))
                .always("matched", integer("requests that the rule has taken").ofLong())
                .always("match", anyObject().describe("conditions, with the keys of the file"))
                .always("responses", list(anyObject()).describe("responses, with the keys of the file"));
        return object().always("strict", strict())
                .maybe("file", text("file that a reload reads"))
                .always("unmatched", integer("requests that no rule has taken").ofLong())
                .always("rules", list(rule))
                .always("warnings", list(text("sentence about a rule that was left out")));
    }

    private static Schema answersChange() {
        Schema rule = object().maybe("name", text("name of the rule in the journal"))
                .maybe("match", anyObject().describe("conditions; any request if there is none"))
                .maybe("response", anyObject())
                .maybe("responses", list(anyObject()).describe("responses one after the other; the last one stays"));
        return object().maybe("strict", strict()).maybe("rules", list(rule));
    }

    private static Schema strict() {
        return flag("true if a request that no rule matches is refused");
    }

    private static Schema seed() {
        return integer("seed of all random draws").ofLong();
    }

    private static Schema promptCache() {
        return choice("arrival", "warm", "off").describe("when a prompt counts as cached");
    }

    private static Schema limits() {
        return object().maybe("requestsPerMinute", limit("requests a minute"))
                .maybe("inputTokensPerMinute", limit("input tokens a minute"))
                .maybe("outputTokensPerMinute", limit("output tokens a minute"))
                .maybe("accelerationPerMinute", limit("requests per minute by which the rate may rise in each minute"))
                .maybe("counting", choice("reserve", "actual").describe("when output tokens are taken"))
                .maybe(
                        "per",
                        choice("provider", "key", "organization", "model")
                                .describe("requests that share a set of buckets; provider by default"));
    }

    private static Schema limit(String description) {
        return integer(description + "; null for no limit").ofLong().atLeast(1).orNull();
    }

    private static Schema faults() {
        return list(object().always("fault", text("a status or a name, with a number where it takes one: stall:5000"))
                .maybe(
                        "probability",
                        number("share of the requests in the window, above 0; 1 by default")
                                .atMost(1))
                .maybe(
                        "fromSeconds",
                        number("begin of the window, since the configuration came into force; 0 by default")
                                .atLeast(0))
                .maybe(
                        "untilSeconds",
                        number("end of the window; null for none").orNull()));
    }

    private static Schema profileName() {
        return choice(Profiles.all().stream().map(Profile::name).toArray(String[]::new));
    }

    private static Schema profile() {
        return object().always("name", text("name of the profile"))
                .always("prefill", prefill())
                .always("decode", decode())
                .always("stall", stall())
                .always("outputLength", outputLength())
                .always("serving", serving())
                .always("agent", agent())
                .always("reasoning", reasoning())
                .always("sources", sources());
    }

    private static Schema prefill() {
        return object().maybe("medianMs", positive("median time to the first token of an empty prompt"))
                .maybe("perPromptTokenMs", positive("time that an uncached prompt token adds to it"))
                .maybe("sigma", positive("standard deviation of the logarithm"));
    }

    private static Schema decode() {
        return object().maybe("tokenMs", positive("median time for a token"))
                .maybe("sigma", positive("standard deviation of the pace's logarithm across requests"))
                .maybe("jitter", share("deviation of a gap from the pace"))
                .maybe("tokensPerChunk", integer("tokens that travel together").atLeast(1));
    }

    private static Schema stall() {
        return object().maybe("probability", share("share of the answers that pause once"))
                .maybe("shortestMs", positive("shortest pause"))
                .maybe("longestMs", positive("longest pause"));
    }

    private static Schema outputLength() {
        return object().maybe(
                        "median",
                        integer("median length of an answer, in tokens").atLeast(1))
                .maybe("sigma", positive("standard deviation of the logarithm"))
                .maybe("least", integer("shortest answer, in tokens").atLeast(1))
                .maybe("most", integer("longest answer, in tokens").atLeast(1));
    }

    private static Schema serving() {
        return object().maybe(
                        "slots",
                        integer("answers written at a time; 0 for no limit").atLeast(0))
                .maybe("queue", integer("requests that may wait for a slot").atLeast(0))
                .maybe("loadFactor", number("slowdown when all slots are busy").atLeast(1))
                .maybe(
                        "coldStart",
                        object().maybe("shortestMs", positive("shortest load of the model"))
                                .maybe("longestMs", positive("longest load of the model"))
                                .maybe("idleSeconds", positive("idle time after which it is unloaded")));
    }

    private static Schema agent() {
        return object().maybe(
                        "median",
                        integer("median number of answers with calls of tools in a loop")
                                .atLeast(0))
                .maybe("sigma", positive("standard deviation of the logarithm"))
                .maybe("least", integer("fewest answers with calls of tools").atLeast(0))
                .maybe("most", integer("most answers with calls of tools").atLeast(0))
                .maybe("parallelShare", positive("share of the answers that call two tools at once"));
    }

    private static Schema reasoning() {
        return object().maybe(
                        "median",
                        integer("median number of tokens at medium effort").atLeast(1))
                .maybe("sigma", positive("standard deviation of the logarithm"))
                .maybe("least", integer("fewest tokens").atLeast(1))
                .maybe("most", integer("most tokens").atLeast(1))
                .maybe("summaryShare", share("tokens of a summary as a share of those that it sums up"))
                .maybe("unaskedShare", share("share of the answers with reasoning that nobody asked for"));
    }

    private static Schema sources() {
        return map(text("source of the number"))
                .describe("source of each number by its key, such as prefill.medianMs; the origin of a number without"
                        + " one is unknown");
    }

    private static Schema attempt() {
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

    private static Schema journalSummary() {
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

    private static Schema verdicts() {
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

    private static Schema report() {
        return object().always("requestKey", text("x-request-id of the call"))
                .always("believed", flag("true if the client took the answer for a whole one"));
    }

    private static Schema problem() {
        return object().always("status", integer("HTTP status"))
                .always("detail", text("one sentence with key, value and rule"));
    }

    private static Schema positive(String description) {
        return number(description).atLeast(0);
    }

    private static Schema share(String description) {
        return number(description).atLeast(0).atMost(1);
    }
}
