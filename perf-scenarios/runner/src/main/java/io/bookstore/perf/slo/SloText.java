package io.bookstore.perf.slo;

import io.bookstore.k6.options.DurationText;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.scenario.Nearest;
import io.bookstore.perf.slo.Slo.Limits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads limits of single requests as people write them: {@code llm.ttft=2s,llm.e2e=8s}. */
public final class SloText {

    private static final List<String> classes = Stream.of(Kind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final List<String> dimensions = Stream.of(Dimension.TTFT, Dimension.E2E, Dimension.COST)
            .map(Dimension::key)
            .toList();

    private final String place;

    private SloText(String place) {
        this.place = place;
    }

    /**
     * Reads the value of an option.
     *
     * @param option its name, as messages call it
     * @throws PerfException naming the part that is wrong, and the nearest known name
     */
    public static Slo parse(String option, String text) {
        SloText reader = new SloText(option);
        Slo slo = Slo.NONE;
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("=", -1);
            String[] names = sides[0].strip().split("\\.", -1);
            if (sides.length != 2 || names.length != 2) {
                throw refusal(option + " must be CLASS.DIMENSION=LIMIT, such as llm.e2e=8s, was \"" + part + "\".");
            }
            slo = reader.limit(names[0], names[1], sides[1].strip()).or(slo);
        }
        return slo;
    }

    /**
     * Reads {@code meta.slo} of a script.
     *
     * @param script as messages call it
     * @param stated limits by class and dimension
     * @throws PerfException as {@link #parse}
     */
    public static Slo ofScript(String script, Map<String, Map<String, String>> stated) {
        SloText reader = new SloText("meta.slo of " + script);
        Slo slo = Slo.NONE;
        for (Map.Entry<String, Map<String, String>> each : stated.entrySet()) {
            for (Map.Entry<String, String> limit : each.getValue().entrySet()) {
                slo = reader.limit(each.getKey(), limit.getKey(), limit.getValue())
                        .or(slo);
            }
        }
        return slo;
    }

    /** The limits as {@link #parse} reads them, {@code llm.ttft=2s,llm.e2e=8s}; {@code none} without any. */
    public static String of(Slo slo) {
        List<String> parts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Limits limits = slo.of(kind);
            for (Dimension dimension : Dimension.values()) {
                Double limit = limits == null ? null : limits.of(dimension);
                if (limit != null) {
                    parts.add(kind.name().toLowerCase(Locale.ROOT) + "." + dimension.key() + "="
                            + value(dimension, limit));
                }
            }
        }
        return parts.isEmpty() ? "none" : String.join(",", parts);
    }

    private static String value(Dimension dimension, double limit) {
        if (dimension == Dimension.COST) {
            return number(limit);
        }
        return limit < 1_000 ? number(limit) + "ms" : number(limit / 1_000) + "s";
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private Slo limit(String className, String dimension, String value) {
        String name = className + "." + dimension;
        if (!classes.contains(className)) {
            throw unknown("class", className, classes);
        }
        if (dimension.equals(Dimension.ERROR.key())) {
            throw refusal(name + " in " + place + " can have no limit: a request that fails is bad in any case.");
        }
        if (!dimensions.contains(dimension)) {
            throw unknown("dimension", dimension, dimensions);
        }
        Kind kind = Kind.valueOf(className.toUpperCase(Locale.ROOT));
        if (kind != Kind.LLM && !dimension.equals(Dimension.E2E.key())) {
            throw refusal(name + " in " + place + " is told by no answer: " + className + " can have a limit on e2e.");
        }
        return new Slo(Map.of(kind, limits(Dimension.valueOf(dimension.toUpperCase(Locale.ROOT)), name, value)));
    }

    private Limits limits(Dimension dimension, String name, String value) {
        return switch (dimension) {
            case TTFT -> new Limits(time(name, value), null, null);
            case E2E -> new Limits(null, time(name, value), null);
            case COST -> new Limits(null, null, dollars(name, value));
            case ERROR -> Limits.NONE;
        };
    }

    private Duration time(String name, String value) {
        return DurationText.parse(value)
                .filter(time -> !time.isNegative() && !time.isZero())
                .orElseThrow(() -> wrong(name, "a time above 0, such as 800ms or 2s", value));
    }

    private double dollars(String name, String value) {
        try {
            double usd = Double.parseDouble(value.replaceFirst("^\\$", ""));
            if (usd > 0 && Double.isFinite(usd)) {
                return usd;
            }
        } catch (NumberFormatException noNumber) {
            // The sentence below says it.
        }
        throw wrong(name, "US dollars above 0, such as 0.005", value);
    }

    private PerfException unknown(String what, String asked, List<String> known) {
        return refusal("Unknown " + what + " \"" + asked + "\" in " + place + ": "
                + Nearest.to(asked, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "use " + String.join(", ", known) + "."));
    }

    private PerfException wrong(String name, String rule, String value) {
        return refusal(name + " in " + place + " must be " + rule + ", was \"" + value + "\".");
    }

    private static PerfException refusal(String sentence) {
        return new PerfException(ExitCode.USAGE, sentence);
    }
}
