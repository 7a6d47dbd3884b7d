package io.bookstore.simulator.admin;

import java.util.Arrays;
import java.util.Optional;

/** The list of the admin routes: {@link AdminApi} serves each of them, and {@link AdminOpenApi} describes it. */
enum AdminRoute {
    HEALTH("GET", "/health", "Tells that the simulator runs, with its profile and seed"),
    METRICS("GET", "/metrics", "Tells Prometheus the lateness of chunks, active requests and attempts by outcome"),
    READ_CONFIG("GET", "/admin/config", "Shows the configuration in force"),
    CHANGE_CONFIG("PUT", "/admin/config", "Changes the configuration as a whole and at once; keys left out stay"),
    READ_ANSWERS("GET", "/admin/answers", "Shows the own answers in force, and how many requests each rule has taken"),
    CHANGE_ANSWERS("PUT", "/admin/answers", "Replaces the own answers as a whole and at once, by YAML or JSON"),
    RELOAD_ANSWERS("POST", "/admin/answers/reload", "Reads the file of --answers again"),
    LIST_PROFILES("GET", "/admin/profiles", "Lists the profiles that come with the simulator, with their sources"),
    RESET("POST", "/admin/reset", "Starts over: first configuration, full buckets, empty journal"),
    READ_JOURNAL(
            "GET",
            "/admin/journal",
            "Lists the attempts that are kept, in the order in which they ended; all, or those after the first so many"),
    CLEAR_JOURNAL("DELETE", "/admin/journal", "Forgets the attempts and the reports of their clients"),
    SUMMARIZE_JOURNAL("GET", "/admin/journal/summary", "Shows the journal in a few numbers"),
    JUDGE_CLIENTS("GET", "/admin/verdicts", "Judges the clients of each provider by the journal"),
    REPORT("POST", "/admin/reports", "Takes down how calls ended for their client, a JSON object a line"),
    DESCRIBE("GET", "/admin/openapi.json", "Shows this document");

    private final String method;
    private final String path;
    private final String summary;

    AdminRoute(String method, String path, String summary) {
        this.method = method;
        this.path = path;
        this.summary = summary;
    }

    /** The route of a request; empty if there is none. */
    static Optional<AdminRoute> find(String method, String path) {
        return Arrays.stream(values())
                .filter(route -> route.method.equals(method) && route.path.equals(path))
                .findFirst();
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** A sentence about the route, without its full stop. */
    String summary() {
        return summary;
    }
}
