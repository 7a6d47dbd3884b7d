package io.bookstore.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request whose answer is kept.
 *
 * @param name   of its file
 * @param fault  what goes wrong; null if nothing is meant to
 * @param second whether the same has been asked just before
 */
record GoldenCase(
        Dialect dialect,
        String name,
        String path,
        String body,
        @Nullable String fault,
        boolean second) {

    private static final String PROMPT = "Summarize \\\"Emma\\\" by Jane Austen";
    private static final String LONG_PROMPT = PROMPT + ". Mind the rules of the house.".repeat(200);
    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"},"
            + "\"stars\":{\"type\":\"integer\",\"enum\":[1,2,3,4,5]}},\"required\":[\"title\",\"stars\"],"
            + "\"additionalProperties\":false}";
    private static final String OVER_THE_LIMIT = "refused-over-the-limit";
    private static final int PLENTY = 200;
    private static final int ENDLESS_BYTES = 4_000;
    private static final String UNKNOWN = "unknown-1";
    private static final String NO_KEY = "bad-no-key";
    static final int MAX_BODY_BYTES = 1 << 20;

    private static final List<String> refusals = List.of(
            "400", "401", "402", "403", "404", "413", "429", "429:7", "500", "503", "504", "529", "insufficient-quota");
    private static final List<String> breaks = List.of(
            "reset-before-headers",
            "reset-after-headers",
            "reset-after-chunks:3",
            "error-event:3",
            "malformed-frame:3",
            "no-terminator",
            "slow-drip:5",
            "stall:50",
            "wrong-usage",
            "empty-answer",
            "endless-answer");

    static List<GoldenCase> all() {
        List<GoldenCase> cases = new ArrayList<>();
        for (Dialect dialect : Dialect.values()) {
            for (boolean streaming : new boolean[] {true, false}) {
                cases.add(answer(dialect, streaming, PLENTY, "", null));
                cases.add(answer(dialect, streaming, 16, "-cut-by-max-tokens", null));
                breaks.forEach(
                        fault -> cases.add(answer(dialect, streaming, PLENTY, "-" + fault.replace(':', '-'), fault)));
                cases.add(answer(dialect, streaming, PLENTY, "-refusal", "refusal"));
                cases.add(answer(dialect, streaming, PLENTY, "-content-filter", "content-filter"));
                if (dialect == Dialect.ANTHROPIC) {
                    cases.add(answer(dialect, streaming, PLENTY, "-pause-turn", "pause-turn"));
                }
                if (dialect == Dialect.ANTHROPIC || dialect == Dialect.BEDROCK) {
                    GoldenCase reasoned = reasoned(dialect, streaming, "-redacted-thinking", dialect.reasoning());
                    cases.add(reasoned.struckBy("redacted-thinking"));
                }
                if (dialect != Dialect.GEMINI_ARRAY) {
                    cases.add(reasoned(dialect, streaming, "-reasoning", dialect.reasoning()));
                }
                if (dialect.hasTools()) {
                    String both = dialect.tools(SCHEMA) + "," + dialect.reasoning();
                    cases.add(reasoned(dialect, streaming, "-reasoning-tool-calls", both));
                }
                if (dialect == Dialect.OPENAI_RESPONSES) {
                    String hidden = "\"reasoning\":{\"effort\":\"medium\"}";
                    cases.add(reasoned(dialect, streaming, "-reasoning-hidden", hidden));
                }
                if (!dialect.odds().isEmpty()) {
                    cases.add(extended(dialect, streaming, "-log-probabilities", dialect.odds()));
                }
                if (dialect.hasTools()) {
                    cases.add(extended(dialect, streaming, "-json", dialect.structured(SCHEMA)));
                    cases.add(extended(dialect, streaming, "-tool-calls", dialect.tools(SCHEMA)));
                }
                cases.add(cached(dialect, streaming, "-cache-written", false));
                cases.add(cached(dialect, streaming, "-cache-read", true));
            }
            refusals.forEach(fault -> cases.add(refusal(dialect, fault.replace(':', '-'), fault, false)));
            cases.add(refusal(dialect, "over-the-limit", null, true));
            cases.add(bad(dialect, "no-key", dialect.model(), body(dialect, dialect.model(), PLENTY, PROMPT)));
            cases.add(bad(dialect, "malformed-json", dialect.model(), "{\"model\":"));
            cases.add(bad(dialect, "unknown-model", UNKNOWN, body(dialect, UNKNOWN, PLENTY, PROMPT)));
            if (dialect != Dialect.OLLAMA_CHAT && dialect != Dialect.OLLAMA_GENERATE) {
                // Ollama writes as long as it is asked to.
                String body = body(dialect, dialect.model(), 1_000_000, PROMPT);
                cases.add(bad(dialect, "too-many-tokens", dialect.model(), body));
            }
            cases.add(bad(dialect, "no-tokens", dialect.model(), body(dialect, dialect.model(), 0, PROMPT)));
            cases.add(bad(
                    dialect,
                    "prompt-too-long",
                    dialect.model(),
                    body(dialect, dialect.model(), PLENTY, "word ".repeat(205_000))));
            cases.add(bad(dialect, "body-too-large", dialect.model(), " ".repeat(MAX_BODY_BYTES + 1)));
        }
        return cases;
    }

    private static GoldenCase answer(
            Dialect dialect, boolean streaming, int maxTokens, String suffix, @Nullable String fault) {
        return new GoldenCase(
                dialect,
                (streaming ? "stream" : "document") + suffix,
                dialect.path(dialect.model(), streaming),
                dialect.body(dialect.model(), streaming, maxTokens, PROMPT),
                fault,
                false);
    }

    /** A request with more fields: the shapes are those of the pages that the formats' classes name. */
    private static GoldenCase extended(Dialect dialect, boolean streaming, String suffix, String fields) {
        String body = dialect.body(dialect.model(), streaming, PLENTY, PROMPT);
        return new GoldenCase(
                dialect,
                (streaming ? "stream" : "document") + suffix,
                dialect.path(dialect.model(), streaming),
                dialect.with(body, fields),
                null,
                false);
    }

    /** The same of a model that reasons; the most tokens are more than Anthropic's smallest budget. */
    private static GoldenCase reasoned(Dialect dialect, boolean streaming, String suffix, String fields) {
        String body = dialect.body(dialect.reasoningModel(), streaming, 1_100, PROMPT);
        return new GoldenCase(
                dialect,
                (streaming ? "stream" : "document") + suffix,
                dialect.path(dialect.reasoningModel(), streaming),
                dialect.with(body, fields),
                null,
                false);
    }

    private GoldenCase struckBy(String other) {
        return new GoldenCase(dialect, name, path, body, other, second);
    }

    private static GoldenCase cached(Dialect dialect, boolean streaming, String suffix, boolean second) {
        return new GoldenCase(
                dialect,
                (streaming ? "stream" : "document") + suffix,
                dialect.path(dialect.model(), streaming),
                dialect.marked(dialect.body(dialect.model(), streaming, PLENTY, LONG_PROMPT), LONG_PROMPT),
                null,
                second);
    }

    private static GoldenCase refusal(Dialect dialect, String name, @Nullable String fault, boolean second) {
        return new GoldenCase(
                dialect,
                "refused-" + name,
                dialect.path(dialect.model(), true),
                dialect.body(dialect.model(), true, PLENTY, PROMPT),
                fault,
                second);
    }

    private static GoldenCase bad(Dialect dialect, String name, String model, String body) {
        return new GoldenCase(dialect, "bad-" + name, dialect.path(model, false), body, null, false);
    }

    private static String body(Dialect dialect, String model, int maxTokens, String prompt) {
        return dialect.body(model, false, maxTokens, prompt);
    }

    String file() {
        return dialect.name().toLowerCase(Locale.ROOT).replace('_', '-') + "/" + name + ".txt";
    }

    /** Returns whether the request before has taken all that the limits allow. */
    boolean limited() {
        return name.equals(OVER_THE_LIMIT);
    }

    /** The bytes after which an answer is left: only one without an end is left early. */
    int atMostBytes() {
        return "endless-answer".equals(fault) ? ENDLESS_BYTES : Integer.MAX_VALUE;
    }

    /** @param nth which request of this case; with the case it is the key of all draws */
    byte[] request(int nth) {
        List<String> headers = new ArrayList<>(List.of("x-request-id: " + this + "#" + nth));
        if (fault != null) {
            headers.add("x-simulator-fault: " + fault);
        }
        String[] lines = headers.toArray(String[]::new);
        return name.equals(NO_KEY)
                ? RawHttp.requestWithoutKey("POST", path, body, lines)
                : RawHttp.request("POST", path, body, lines);
    }

    @Override
    public String toString() {
        return file();
    }
}
