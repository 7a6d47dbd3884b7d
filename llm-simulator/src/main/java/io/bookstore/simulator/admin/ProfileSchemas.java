package io.bookstore.simulator.admin;

import static io.bookstore.simulator.admin.Schema.choice;
import static io.bookstore.simulator.admin.Schema.integer;
import static io.bookstore.simulator.admin.Schema.map;
import static io.bookstore.simulator.admin.Schema.number;
import static io.bookstore.simulator.admin.Schema.object;
import static io.bookstore.simulator.admin.Schema.text;

import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;

/** The schemas of a profile: the numbers of a provider's latency, each with its meaning. */
final class ProfileSchemas {

    private ProfileSchemas() {}

    static Schema name() {
        return choice(Profiles.all().stream().map(Profile::name).toArray(String[]::new));
    }

    static Schema profile() {
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

    /** A new profile, which starts from its base. */
    static Schema change() {
        return object().always("name", text("name of the new profile"))
                .maybe("base", name())
                .maybe("prefill", prefill())
                .maybe("decode", decode())
                .maybe("stall", stall())
                .maybe("outputLength", outputLength())
                .maybe("serving", serving())
                .maybe("agent", agent())
                .maybe("reasoning", reasoning())
                .maybe("sources", sources());
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

    private static Schema positive(String description) {
        return number(description).atLeast(0);
    }

    private static Schema share(String description) {
        return number(description).atLeast(0).atMost(1);
    }
}
