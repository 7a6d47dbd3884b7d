package io.bookstore.perf.cli.describe;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.ConsentOption;
import io.bookstore.perf.cli.option.JsonOption;
import io.bookstore.perf.cli.option.ScriptsOption;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.cli.terminal.Terminal;
import io.bookstore.perf.describe.DescriptorDraft;
import io.bookstore.perf.describe.DescriptorYaml;
import io.bookstore.perf.describe.Interview;
import io.bookstore.perf.describe.OpenApiDocument;
import io.bookstore.perf.describe.OpenApiDraft;
import io.bookstore.perf.results.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description = {
            "Writes the descriptor of a service, from its OpenAPI document or by asking.",
            "docs/init.md says how it chooses; docs/targets.md has every field."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 64 if several operations may ask the model: the list is there to",
            "choose from. With --try exit code 69 if the answer was no good one; the file",
            "is written.",
            "",
            "Examples:",
            "  llm-perf init --openapi http://localhost:8080/v3/api-docs --try",
            "  llm-perf init --openapi openapi.yaml --operation \"POST /api/chat\"",
            "  llm-perf init                      asks for address, path, body and text"
        })
public final class InitCommand implements Callable<Integer> {

    private static final String SCHEMA = "targets/descriptor.schema.json";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--openapi",
            paramLabel = "FILE|URL",
            description = "An OpenAPI document 3.0 or 3.1, JSON or YAML. Default: questions at the terminal.")
    private @Nullable String openapi;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "The service. Default: the first server of the document.")
    private @Nullable String baseUrl;

    @Option(
            names = "--operation",
            paramLabel = "NAME",
            description = "The operation that asks the model: its id, or \"POST /path\". Default: the most likely one.")
    private @Nullable String operation;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "The descriptor to write. Default: the title of the service, .yml.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Replace a descriptor that is there.")
    private boolean force;

    @Option(
            names = "--try",
            description = "Send one request first, show how each field was read, and correct the paths.")
    private boolean tries;

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Mixin
    private ScriptsOption scripts = new ScriptsOption();

    @SuppressWarnings("NullAway.Init")
    public InitCommand() {}

    /**
     * The outcome for programs.
     *
     * @param why      the signs by which the operation was chosen; empty if the user named it
     * @param answer   the paths of the answer
     * @param findings how the first request was answered; null without one
     */
    private record Outcome(
            String file,
            String operation,
            String why,
            Map<String, String> answer,
            @Nullable List<Finding> findings) {}

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = json.messages();
        String address = baseUrl == null ? null : ServiceOption.url(baseUrl).toString();
        OpenApiDraft proposed = openapi == null
                ? new OpenApiDraft(interview(address), "")
                : OpenApiDraft.of(OpenApiDocument.read(openapi), address, operation);
        DescriptorDraft draft = proposed.descriptor();
        Path file = output == null ? Path.of(draft.name() + ".yml") : output;
        refuseExisting(file);
        out.println(draft.origin() + (proposed.why().isEmpty() ? "" : ": " + proposed.why()));
        List<Finding> findings = null;
        if (tries) {
            FirstRequest.Outcome tried =
                    new FirstRequest(scripts.folder(), System.getenv(), consent.prompt(out)).of(draft);
            draft = tried.draft();
            findings = tried.findings();
            Finding.print(findings, out);
        }
        write(draft, file);
        out.println(file + " written; \"llm-perf doctor --target " + target(file) + "\" reads it again");
        if (json.asked()) {
            Outcome outcome = new Outcome(file.toString(), draft.origin(), proposed.why(), draft.paths(), findings);
            spec.commandLine().getOut().println(Json.of(outcome));
        }
        return (findings == null || Finding.allWell(findings) ? ExitCode.OK : ExitCode.UNAVAILABLE).value();
    }

    private DescriptorDraft interview(@Nullable String address) {
        if (operation != null) {
            throw new PerfException(ExitCode.USAGE, "--operation names one of a document: give it with --openapi.");
        }
        return new Interview(Terminal.person()
                        .orElseThrow(() -> new PerfException(
                                ExitCode.USAGE,
                                "Nobody is here to answer questions: give --openapi, or call init at a terminal.")))
                .draft(address);
    }

    private void refuseExisting(Path file) {
        if (!force && Files.exists(file)) {
            throw new PerfException(
                    ExitCode.USAGE, file + " is there already: replace it with --force, or name another with -o.");
        }
    }

    private void write(DescriptorDraft draft, Path file) {
        String text = schemaLine(file) + DescriptorYaml.of(draft);
        try {
            WholeFile.write(file, part -> Files.writeString(part, text));
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT, "Cannot write " + file + " (" + e.getMessage() + "): name another with -o.");
        }
    }

    /** The line by which an editor finds the schema, unless the scripts are others that have none. */
    private String schemaLine(Path file) {
        Path schema = scripts.folder().toAbsolutePath().normalize().resolve(SCHEMA);
        if (!Files.isRegularFile(schema)) {
            return "";
        }
        Path folder = file.toAbsolutePath().normalize().resolveSibling("");
        boolean sameDrive = Objects.equals(folder.getRoot(), schema.getRoot());
        String path = sameDrive ? folder.relativize(schema).toString().replace('\\', '/') : "";
        // An editor reads the path up to the first blank.
        return "# yaml-language-server: $schema=" + (path.matches("\\S+") ? path : schema.toUri()) + "\n";
    }

    /** A name without a dot or a slash would be one of the kit's own descriptors. */
    private static String target(Path file) {
        return file.toString().matches(".*[./].*") ? file.toString() : "./" + file;
    }
}
