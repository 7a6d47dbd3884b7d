package io.bookstore.genai.spans;

import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The generations of the conventions that telemetry is judged by, and what is allowed beside them. */
final class ConventionsOption {

    @Option(
            names = "--conventions",
            paramLabel = "NAME",
            hideParamSyntax = true,
            split = ",",
            description = "v1-36, v1-41 or v0-1; may be repeated, then the names of each are known. Default: v1-41.")
    private List<String> names = List.of("v1-41");

    @Option(
            names = "--allow-content",
            description = "Prompts and answers may be there: the service has switched them on.")
    private boolean contentAllowed;

    /** @throws PerfException if a name is unknown */
    GenAiConformance conformance() {
        GenAiConventions[] chosen = chosen().toArray(GenAiConventions[]::new);
        GenAiConformance conformance = GenAiConformance.of(chosen[0], chosen);
        return contentAllowed ? conformance.allowingContent() : conformance;
    }

    /** Returns the names in the order of the generations, each once. */
    List<String> names() {
        return chosen().stream().map(ConventionsOption::name).toList();
    }

    private List<GenAiConventions> chosen() {
        return names.stream()
                .map(ConventionsOption::convention)
                .distinct()
                .sorted()
                .toList();
    }

    private static GenAiConventions convention(String asked) {
        return Arrays.stream(GenAiConventions.values())
                .filter(known -> name(known).equals(asked))
                .findFirst()
                .orElseThrow(() -> new PerfException(
                        ExitCode.USAGE,
                        "--conventions must be one of "
                                + Arrays.stream(GenAiConventions.values())
                                        .map(ConventionsOption::name)
                                        .collect(Collectors.joining(", "))
                                + ", was \"" + asked + "\"."));
    }

    private static String name(GenAiConventions conventions) {
        return conventions.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
