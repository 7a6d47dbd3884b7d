package io.bookstore.simulator.admin;

import static io.bookstore.simulator.admin.Schema.anyObject;
import static io.bookstore.simulator.admin.Schema.choice;
import static io.bookstore.simulator.admin.Schema.either;
import static io.bookstore.simulator.admin.Schema.flag;
import static io.bookstore.simulator.admin.Schema.integer;
import static io.bookstore.simulator.admin.Schema.list;
import static io.bookstore.simulator.admin.Schema.named;
import static io.bookstore.simulator.admin.Schema.number;
import static io.bookstore.simulator.admin.Schema.object;
import static io.bookstore.simulator.admin.Schema.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
        all.set("Profile", ProfileSchemas.profile().node());
        all.set("Attempt", JournalSchemas.attempt().node());
        all.set("JournalSummary", JournalSchemas.journalSummary().node());
        all.set("Verdicts", JournalSchemas.verdicts().node());
        all.set("Report", JournalSchemas.report().node());
        all.set("Problem", problem().node());
        return all;
    }

    private static Schema health() {
        return object().always("status", choice("UP"))
                .always("profile", text("name of the profile in force"))
                .always("seed", seed());
    }

    private static Schema config() {
        return object().always("profile", either(ProfileSchemas.name(), named("Profile")))
                .always("seed", seed())
                .always("promptCache", promptCache())
                .always("limits", limits())
                .always("faults", faults());
    }

    private static Schema configChange() {
        return object().maybe(
                        "profile",
                        either(ProfileSchemas.name(), ProfileSchemas.change())
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

    private static Schema problem() {
        return object().always("status", integer("HTTP status"))
                .always("detail", text("one sentence with key, value and rule"));
    }
}
