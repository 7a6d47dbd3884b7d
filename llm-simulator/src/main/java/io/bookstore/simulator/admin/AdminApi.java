package io.bookstore.simulator.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.JournalJson;
import io.bookstore.simulator.latency.ProfileJson;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.rule.AnswersJson;
import io.bookstore.simulator.rule.AnswersYaml;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.BehaviourJson;
import io.bookstore.simulator.simulation.Script;
import io.bookstore.simulator.simulation.ServerMetrics;
import io.bookstore.simulator.simulation.Simulation;
import io.bookstore.simulator.simulation.Step;
import io.bookstore.simulator.verdict.VerdictsJson;
import io.bookstore.simulator.wire.Json;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The answers of the admin routes. Thread-safe. */
public final class AdminApi {

    private static final String JSON = "application/json";
    private static final Pattern AFTER = Pattern.compile("after=(\\d{1,18})");
    private static final int LINES_PER_PART = 100;
    private static final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Simulation simulation;

    public AdminApi(Simulation simulation) {
        this.simulation = simulation;
    }

    public static boolean owns(String path) {
        return path.equals("/health") || path.equals("/metrics") || path.startsWith("/admin/");
    }

    /**
     * Answers a request for a path that {@link #owns} accepts.
     *
     * @param query without its question mark; empty if there is none
     */
    public Script answer(String path, String query, String method, String body) {
        return AdminRoute.find(method, path)
                .map(route -> answer(route, query, body))
                .orElseGet(() -> Script.of(problem(404, "There is no " + method + " " + path + " here")));
    }

    private Script answer(AdminRoute route, String query, String body) {
        return switch (route) {
            case HEALTH -> Script.of(document(200, health()));
            case METRICS ->
                Script.of(new Step.Whole(
                        0,
                        200,
                        ServerMetrics.CONTENT_TYPE,
                        Map.of(),
                        simulation.metrics().text()));
            case READ_CONFIG -> Script.of(document(200, BehaviourJson.write(simulation.behaviour())));
            case CHANGE_CONFIG -> Script.of(configured(body));
            case READ_ANSWERS -> Script.of(document(200, AnswersJson.write(simulation.answers())));
            case CHANGE_ANSWERS -> Script.of(answered(() -> simulation.answer(AnswersYaml.parse(body))));
            case RELOAD_ANSWERS -> Script.of(answered(simulation::reloadAnswers));
            case LIST_PROFILES -> Script.of(document(200, profiles()));
            case RESET -> {
                simulation.reset();
                yield Script.of(document(204, ""));
            }
            case READ_JOURNAL -> journal(query);
            case CLEAR_JOURNAL -> {
                simulation.forget();
                yield Script.of(document(204, ""));
            }
            case SUMMARIZE_JOURNAL ->
                Script.of(document(200, JournalJson.summary(simulation.journal().summary())));
            case JUDGE_CLIENTS -> Script.of(document(200, VerdictsJson.write(simulation.verdicts())));
            case REPORT -> Script.of(reported(body));
            case DESCRIBE -> Script.of(document(200, AdminOpenApi.write()));
        };
    }

    public static Step problem(int status, String detail) {
        return new Step.Whole(
                0,
                status,
                "application/problem+json",
                Map.of(),
                "{\"status\":" + status + ",\"detail\":" + Json.quote(detail) + "}");
    }

    private Step configured(String body) {
        try {
            Behaviour changed = simulation.update(current -> BehaviourJson.read(body, current));
            return document(200, BehaviourJson.write(changed));
        } catch (IllegalArgumentException e) {
            return problem(400, String.valueOf(e.getMessage()));
        }
    }

    private Step answered(Runnable change) {
        try {
            change.run();
            return document(200, AnswersJson.write(simulation.answers()));
        } catch (IllegalArgumentException e) {
            return problem(400, String.valueOf(e.getMessage()));
        }
    }

    /** Takes reports, a JSON object a line: {@code {"requestKey":"…","believed":true}}. */
    private Step reported(String body) {
        try {
            for (String line : body.lines().filter(text -> !text.isBlank()).toList()) {
                JsonNode report = json.readTree(line);
                if (!report.path("requestKey").isTextual()
                        || !report.path("believed").isBoolean()) {
                    return problem(400, "A report must have a text requestKey and a boolean believed, was " + line);
                }
                simulation.report(
                        report.get("requestKey").asText(),
                        report.get("believed").asBoolean());
            }
            return document(204, "");
        } catch (JsonProcessingException e) {
            return problem(400, "A report must be a JSON object a line: " + e.getOriginalMessage());
        }
    }

    /** The profiles that come with the simulator, number by number. */
    private static String profiles() {
        ArrayNode all = json.createArrayNode();
        Profiles.all().forEach(profile -> all.add(ProfileJson.whole(profile)));
        return all.toString();
    }

    private String health() {
        Behaviour behaviour = simulation.behaviour();
        return "{\"status\":\"UP\",\"profile\":"
                + Json.quote(behaviour.profile().name()) + ",\"seed\":" + behaviour.seed() + "}";
    }

    /** The journal in parts, so that a hundred thousand lines neither fill the memory nor hold up the streams beside them. */
    private Script journal(String query) {
        Matcher after = AFTER.matcher(query);
        if (!query.isEmpty() && !after.matches()) {
            return Script.of(problem(400, "The query must be after=NUMBER, was " + query));
        }
        List<Attempt> attempts =
                simulation.journal().attemptsAfter(query.isEmpty() ? 0 : Long.parseLong(after.group(1)));
        Stream<Step> head = Stream.of(new Step.Head(0, 200, "application/x-ndjson", Map.of()));
        Stream<Step> lines = Stream.iterate(0, from -> from < attempts.size(), from -> from + LINES_PER_PART)
                .map(from -> new Step.Part(0, lines(attempts, from), false));
        Iterator<Step> steps = Stream.of(head, lines, Stream.<Step>of(new Step.End(0)))
                .flatMap(part -> part)
                .iterator();
        return new Script(steps, null);
    }

    private static String lines(List<Attempt> attempts, int from) {
        StringBuilder lines = new StringBuilder();
        attempts.subList(from, Math.min(attempts.size(), from + LINES_PER_PART))
                .forEach(attempt -> lines.append(JournalJson.line(attempt)).append('\n'));
        return lines.toString();
    }

    private static Step document(int status, String body) {
        return new Step.Whole(0, status, JSON, Map.of(), body);
    }
}
