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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
            "  java -jar llm-simulator.jar fit journal.jsonl --name our-gateway --out gateway.json --report gateway.html",
            "  java -jar llm-simulator.jar --config gateway.json",
            "",
            "A line of the file is a call, as GET /admin/journal or llm-simulator record writes it; docs/fit.md has the keys."
        })
public final class FitCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "calls as JSON lines")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Path file;

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
        if (Profiles.knows(name)) {
            throw new IllegalArgumentException(
                    "--name must be a new one, was \"" + name + "\", which comes with the simulator");
        }
        Path configuration = out == null ? Path.of(name + ".json") : out;
        requireNew("--out", configuration);
        if (report != null) {
            requireNew("--report", report);
        }
        CallFile read = CallFile.read(file);
        PrintWriter err = spec.commandLine().getErr();
        read.leftOut().forEach(err::println);
        Fitted fitted = Fit.of(ofOneModel(read.calls()), name, String.valueOf(file.getFileName()));
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

    private List<Call> ofOneModel(List<Call> calls) {
        Map<String, Long> models = calls.stream()
                .filter(call -> call.model() != null)
                .collect(Collectors.groupingBy(
                        call -> String.valueOf(call.model()), TreeMap::new, Collectors.counting()));
        if (model == null && models.size() > 1) {
            throw new IllegalArgumentException(file + " has calls of " + models.size() + " models, " + listed(models)
                    + ": choose one with --model");
        }
        if (model != null && !models.containsKey(model)) {
            throw new IllegalArgumentException("--model " + model + " has no call in " + file
                    + (models.isEmpty() ? ", whose calls name no model" : "; it has " + listed(models)));
        }
        return model == null
                ? calls
                : calls.stream().filter(call -> model.equals(call.model())).toList();
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
