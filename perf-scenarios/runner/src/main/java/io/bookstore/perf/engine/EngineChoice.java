package io.bookstore.perf.engine;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.scenario.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The engine that will run, and why.
 *
 * @param reason a sentence for a person: the engine that was found, and those passed over
 */
public record EngineChoice(Engine engine, String reason) {

    /** The name that leaves the choice to us. */
    public static final String AUTO = "auto";

    /**
     * @param asked   {@value #AUTO} or an engine's name
     * @param setting the option or variable that asks, for messages
     * @param options in order of preference
     * @throws PerfException if no engine has that name, or the engine asked for does not work here
     */
    public static EngineChoice choose(String asked, String setting, List<? extends EngineOption> options) {
        return asked.equals(AUTO) ? firstAvailable(options) : named(asked, setting, options);
    }

    private static EngineChoice named(String asked, String setting, List<? extends EngineOption> options) {
        EngineOption option = options.stream()
                .filter(candidate -> candidate.name().equals(asked))
                .findFirst()
                .orElseThrow(() -> unknown(asked, setting, options));
        EngineOption.Availability availability = option.availability();
        if (!availability.obtainable()) {
            throw new PerfException(
                    ExitCode.UNAVAILABLE,
                    "The " + asked + " engine does not work here: " + availability.reason() + ".");
        }
        return new EngineChoice(option.engine(), "asked for; " + availability.reason());
    }

    private static PerfException unknown(String asked, String setting, List<? extends EngineOption> options) {
        List<String> known = Stream.concat(Stream.of(AUTO), options.stream().map(EngineOption::name))
                .toList();
        return new PerfException(
                ExitCode.USAGE,
                "Unknown engine \"" + asked + "\": "
                        + Nearest.to(asked, known)
                                .map(near -> "did you mean " + near + "? ")
                                .orElse("")
                        + setting + " must be " + String.join(", ", known) + ".");
    }

    private static EngineChoice firstAvailable(List<? extends EngineOption> options) {
        List<String> passedOver = new ArrayList<>();
        for (EngineOption option : options) {
            EngineOption.Availability availability = option.availability();
            if (availability.available()) {
                String reason = availability.reason();
                return new EngineChoice(
                        option.engine(), passedOver.isEmpty() ? reason : reason + "; " + String.join("; ", passedOver));
            }
            passedOver.add("no " + option.name() + ": " + availability.reason());
        }
        throw new PerfException(ExitCode.UNAVAILABLE, "No engine works here: " + String.join("; ", passedOver) + ".");
    }
}
