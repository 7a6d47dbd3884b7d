package io.bookstore.console.runs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.gate.GateCommand;
import io.bookstore.perf.cli.gate.GateJson;
import io.bookstore.perf.cli.option.ServiceOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options of a gate of two services that run already; null for what is left to {@code llm-perf gate}. A jar, or a folder of
 * runs, is none of them: a page must not choose a program to start, nor a path.
 *
 * @param baselineUrl  the service that the candidate is compared with
 * @param candidateUrl the service that is judged
 * @param pairs        pairs of runs
 * @param control      true to run the baseline twice in each pair
 * @param margin       largest changes that do not matter, such as {@code p95=8,share=2}
 * @param allow        facts that may differ, such as {@code model,simulated}
 */
public record GateRequest(
        @JsonProperty @Nullable String baselineUrl,
        @JsonProperty @Nullable String candidateUrl,
        @JsonProperty @Nullable Integer pairs,
        @JsonProperty @Nullable Boolean control,
        @JsonProperty @Nullable String margin,
        @JsonProperty @Nullable String allow)
        implements SessionRequest {

    private static final int LONGEST_TEXT = 200;

    private static final Pattern margins = Pattern.compile("[\\w.]+=[\\d.]+(,[\\w.]+=[\\d.]+)*");
    private static final Pattern facts = Pattern.compile("\\w[\\w. -]*(,\\w[\\w. -]*)*");

    public GateRequest {
        baselineUrl = RunRequest.given(baselineUrl);
        candidateUrl = RunRequest.given(candidateUrl);
        margin = RunRequest.given(margin);
        allow = RunRequest.given(allow);
    }

    /** The defaults of the command. */
    public static GateRequest defaults() {
        return new GateRequest(null, null, GateCommand.PAIRS, false, null, null);
    }

    @Override
    public String command() {
        return "gate";
    }

    @Override
    public String resultFile() {
        return GateJson.NAME;
    }

    @Override
    public String part() {
        return "run";
    }

    @Override
    public String told(JsonNode run, JsonNode soFar) {
        return "pair %d of %d, %s"
                .formatted(
                        run.path("pair").asInt(),
                        soFar.path("pairsWanted").asInt(),
                        run.path("side").asText());
    }

    @Override
    public void check() {
        checkAddress("baselineUrl", baselineUrl);
        checkAddress("candidateUrl", candidateUrl);
        checkText("margin", margin, margins, "METRIC=PERCENT, such as p95=8,share=2");
        checkText("allow", allow, facts, "names of facts, such as model,simulated");
        if (pairs != null) {
            try {
                GateCommand.checkPairs("pairs", pairs);
            } catch (PerfException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    private static void checkAddress(String name, @Nullable String address) {
        if (address == null) {
            throw new IllegalArgumentException(
                    name + " is missing: a gate loads two services that run already, and needs the address of each.");
        }
        try {
            ServiceOption.url(name, address);
        } catch (PerfException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void checkText(String name, @Nullable String text, Pattern form, String rule) {
        if (text == null) {
            return;
        }
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    name + " must have at most " + LONGEST_TEXT + " characters, had " + text.length() + ".");
        }
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException(name + " must be " + rule + ", was \"" + text + "\".");
        }
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--baseline-url=" + baselineUrl);
        arguments.add("--candidate-url=" + candidateUrl);
        if (pairs != null) {
            arguments.add("--pairs=" + pairs);
        }
        if (Boolean.TRUE.equals(control)) {
            arguments.add("--control");
        }
        each(margin).forEach(one -> arguments.add("--margin=" + one));
        each(allow).forEach(one -> arguments.add("--allow=" + one));
        return arguments;
    }

    private static Stream<String> each(@Nullable String list) {
        return list == null ? Stream.empty() : Stream.of(list.split(",")).map(String::strip);
    }

    /** The same with {@code ***} in place of secrets. */
    GateRequest masked() {
        return new GateRequest(
                RunRequest.masked(baselineUrl), RunRequest.masked(candidateUrl), pairs, control, margin, allow);
    }
}
