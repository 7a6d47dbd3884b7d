package io.bookstore.simulator.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.BehaviourJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of a fit: {@code java -jar llm-simulator.jar fit journal.jsonl}. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes the profile of a provider from calls that were measured.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar llm-simulator.jar fit journal.jsonl",
            "  java -jar llm-simulator.jar fit journal.jsonl --name our-gateway \\",
            "      --out gateway.json --report gateway.html",
            "  java -jar llm-simulator.jar fit traces.jsonl --provider anthropic \\",
            "      --model claude-sonnet-4-5",
            "  java -jar llm-simulator.jar fit results/samples.jsonl.gz",
            "  java -jar llm-simulator.jar --config gateway.json",
            "",
            "The file holds calls as GET /admin/journal or llm-simulator record writes them,",
            "spans as OTLP JSON, such as those of a collector's file exporter, or the samples",
            "of llm-perf or k6, compressed or not; docs/fit.md says what each can tell."
        })
public final class FitCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "journal, recording, spans as OTLP JSON, or samples")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Path file;

    @Option(names = "--provider", paramLabel = "NAME", description = "fit the calls of this provider alone")
    private @Nullable String provider;

    @Option(names = "--model", paramLabel = "NAME", description = "fit the calls of this model alone")
    private @Nullable String model;

    @Option(names = "--name", paramLabel = "NAME", description = "name of the profile (default: ${DEFAULT-VALUE})")
    private String name = "fitted";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "configuration to write, for --config (default: NAME.json)")
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "page to write, with both distributions (default: none)")
    private @Nullable Path report;

    @Override
    public Integer call() {
        JsonText.requireThere(file);
        if (Profiles.knows(name)) {
            throw new IllegalArgumentException(
                    "--name must be a new one, was \"" + name + "\", which comes with the simulator");
        }
        Path configuration = out == null ? Path.of(name + ".json") : out;
        if (out != null) {
            requireNew("--out", out);
        } else if (Files.exists(configuration)) {
            throw new IllegalArgumentException(
                    configuration + " exists: move it away, or name another with --out or --name");
        }
        if (report != null) {
            requireNew("--report", report);
        }
        CallFile read = CallFile.read(file);
        PrintWriter err = spec.commandLine().getErr();
        read.leftOut().forEach(err::println);
        if (read.calls().isEmpty()) {
            throw new IllegalArgumentException(file
                    + " has no call of a model: name a journal, as GET /admin/journal writes it, a recording, spans with"
                    + " gen_ai attributes as OTLP JSON or the samples of a run");
        }
        String ofProvider = provider == null ? null : provider.toLowerCase(Locale.ROOT);
        List<Call> ofOneProvider = chosen("--provider", "providers", ofProvider, Call::provider, read.calls());
        List<Call> ofOneModel = chosen("--model", "models", model, Call::model, ofOneProvider);
        Fitted fitted =
                Fit.of(ofOneModel, name, String.valueOf(file.getFileName())).withUnknown(read.unknown());
        write(configuration, indented(BehaviourJson.write(fitted.behaviour())));
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.print(FitText.of(fitted));
        terminal.println();
        terminal.println("Wrote " + configuration + ": start a simulator with --config " + configuration);
        if (report != null) {
            write(report, FitReport.of(fitted, String.valueOf(file.getFileName())));
            terminal.println("Wrote " + report + ": open it in a browser");
        }
        terminal.flush();
        return 0;
    }

    private static void requireNew(String option, Path file) {
        if (Files.exists(file)) {
            throw new IllegalArgumentException(
                    option + " must be a new file, was " + file + ", which is there: move it away, or name another");
        }
    }

    /** Returns the calls of the one that is chosen, or of the only one that there is. */
    private List<Call> chosen(
            String option,
            String plural,
            @Nullable String choice,
            Function<Call, @Nullable String> named,
            List<Call> calls) {
        Map<String, Long> names = calls.stream()
                .filter(call -> named.apply(call) != null)
                .collect(Collectors.groupingBy(
                        call -> String.valueOf(named.apply(call)), TreeMap::new, Collectors.counting()));
        if (choice == null && names.size() > 1) {
            throw new IllegalArgumentException(file + " has calls of " + names.size() + " " + plural + ", "
                    + listed(names) + ": choose one with " + option);
        }
        if (choice != null && !names.containsKey(choice)) {
            throw new IllegalArgumentException(option + " " + choice + " has no call in " + file
                    + (names.isEmpty() ? ", whose calls name no " + option.substring(2) : "; it has " + listed(names)));
        }
        return choice == null
                ? calls
                : calls.stream()
                        .filter(call -> choice.equals(named.apply(call)))
                        .toList();
    }

    private static String listed(Map<String, Long> models) {
        return models.entrySet().stream()
                .map(each -> each.getKey() + " (" + each.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String indented(String json) {
        ObjectMapper mapper = new ObjectMapper();
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(json)) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes beside and renames, so that a full disk leaves no half file. */
    private static void write(Path file, String text) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try {
                Files.writeString(part, text);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write " + file + ": " + e, e);
        }
    }
}
