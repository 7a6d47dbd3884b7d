package io.bookstore.console.runs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.cli.capacity.CapacityJson;
import io.bookstore.perf.cli.capacity.CapacityOptions;
import io.bookstore.perf.cli.capacity.CapacityWords;
import io.bookstore.perf.slo.SloText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a search for the capacity; null for what is left to {@code llm-perf capacity}.
 *
 * @param from       lowest rate, in arrivals a minute
 * @param to         highest rate
 * @param attainment wanted share of good requests, in percent
 * @param probe      length of a probe, such as {@code 30s}
 * @param probes     most probes
 * @param width      the search ends when the interval is narrower, in percent of the rate
 * @param slo        limits of single requests, such as {@code llm.ttft=2s,llm.e2e=8s}
 */
public record CapacityRequest(
        @JsonProperty @Nullable Double from,
        @JsonProperty @Nullable Double to,
        @JsonProperty @Nullable Double attainment,
        @JsonProperty @Nullable String probe,
        @JsonProperty @Nullable Integer probes,
        @JsonProperty @Nullable Double width,
        @JsonProperty @Nullable String slo)
        implements SessionRequest {

    private static final int LONGEST_TEXT = 200;

    /** The variable by which a script is told the rate of a probe. */
    static final String RATE = "CAPACITY_RATE";

    /** The variable by which it is told the length of a probe. */
    static final String LENGTH = "CAPACITY_PROBE";

    /** Begins the names of the variables that a search sets itself. */
    private static final String OWN = "CAPACITY_";

    public CapacityRequest {
        probe = RunRequest.given(probe);
        slo = RunRequest.given(slo);
    }

    @Override
    public String command() {
        return "capacity";
    }

    @Override
    public String resultFile() {
        return CapacityJson.NAME;
    }

    @Override
    public String part() {
        return "probe";
    }

    @Override
    public String told(JsonNode probe, JsonNode soFar) {
        return "%s a minute, %s within limits, %s"
                .formatted(
                        CapacityWords.rate(probe.path("perMinute").asDouble()),
                        Quantity.percent(probe.path("share").asDouble()),
                        probe.path("outcome").asText());
    }

    @Override
    public void check() {
        checkLength("probe", probe);
        checkLength("slo", slo);
        CapacityOptions options = options();
        try {
            options.rules("");
            options.length("");
            if (slo != null) {
                SloText.parse("slo", slo);
            }
        } catch (PerfException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void checkLength(String name, @Nullable String text) {
        if (text != null && text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    name + " must have at most " + LONGEST_TEXT + " characters, had " + text.length() + ".");
        }
    }

    /** The variables of the probe at the highest rate, which the script must take. */
    Map<String, String> variables() {
        CapacityOptions options = options();
        return Map.of(RATE, BigDecimal.valueOf(options.to()).toPlainString(), LENGTH, options.probe());
    }

    private CapacityOptions options() {
        CapacityOptions standard = CapacityOptions.defaults();
        return new CapacityOptions(
                from == null ? standard.from() : from,
                to == null ? standard.to() : to,
                attainment == null ? standard.attainment() : attainment,
                probe == null ? standard.probe() : probe,
                probes == null ? standard.probes() : probes,
                width == null ? standard.width() : width);
    }

    static boolean sets(String variable) {
        return variable.startsWith(OWN);
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--from=", from);
        add(arguments, "--to=", to);
        add(arguments, "--attainment=", attainment);
        add(arguments, "--probe=", probe);
        add(arguments, "--probes=", probes);
        add(arguments, "--width=", width);
        add(arguments, "--slo=", slo);
        return arguments;
    }

    private static void add(List<String> arguments, String option, @Nullable Object value) {
        if (value != null) {
            arguments.add(option + value);
        }
    }
}
