package io.bookstore.perf.cli.adapt;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.adapt.Adaptation;
import io.bookstore.perf.adapt.AdaptedFolder;
import io.bookstore.perf.adapt.FileChange;
import io.bookstore.perf.adapt.Remark;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.cli.option.TargetOption;
import io.bookstore.perf.cli.terminal.Terminal;
import io.bookstore.perf.probe.TargetProbe;
import io.bookstore.perf.run.TargetDescriptor;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "adapt",
        description = {
            "Writes dashboards, rules and manifests for the service of a descriptor.",
            "docs/adapt.md lists the files, and says what each is made of."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A second time it shows as a diff what changes, and asks before it overwrites a",
            "file that was changed by hand. Exit code 0 if the files are written, or with",
            "--check as they should be; 85 if --check finds a difference.",
            "",
            "Examples:",
            "  llm-perf adapt --target my-service.yml -o observability",
            "  llm-perf adapt --target my-service.yml -o observability \\",
            "      --base-url http://my-service:8080",
            "  llm-perf adapt --target my-service.yml -o observability --check"
        })
public final class AdaptCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TargetOption target = new TargetOption();

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "The service as Prometheus and pods reach it. Default: the address in the descriptor.")
    private @Nullable String baseUrl;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FOLDER",
            required = true,
            description = "Folder for the files.")
    private Path folder;

    @Option(names = "--check", description = "Only show what would change.")
    private boolean check;

    @Option(names = "--yes", description = "Do not ask before a file is overwritten that was changed by hand.")
    private boolean yes;

    @Option(names = "--verbose", description = "Print each panel, query and rule that is left out, and why.")
    private boolean verbose;

    @SuppressWarnings("NullAway.Init")
    public AdaptCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        TargetDescriptor descriptor = TargetDescriptor.read(target.name(), target.scripts());
        URI address = ServiceOption.url(baseUrl == null ? descriptor.baseUrl() : baseUrl);
        Adaptation adaptation = Adaptation.of(descriptor, address, target.scripts(), folder);
        new TargetProbe(target.scripts(), System.getenv()).check(descriptor);
        AdaptedFolder adapted = AdaptedFolder.open(folder);
        List<FileChange> changes = adapted.changes(adaptation.files());
        changes.stream()
                .filter(change -> !adapted.isNew() || change.byHand())
                .flatMap(change -> change.diff().stream())
                .forEach(out::println);
        if (check) {
            out.println(
                    changes.size() + " of " + Quantity.count(adaptation.files().size(), "file") + " "
                            + (changes.size() == 1 ? "differs" : "differ") + " in " + folder);
            return (changes.isEmpty() ? ExitCode.OK : ExitCode.DIFFERS).value();
        }
        confirm(changes.stream()
                .filter(FileChange::byHand)
                .map(FileChange::path)
                .toList());
        adapted.write(changes, adaptation.files());
        print(adaptation, changes.size(), out);
        return ExitCode.OK.value();
    }

    private void confirm(List<String> changedByHand) {
        if (changedByHand.isEmpty() || yes) {
            return;
        }
        String files = String.join(", ", changedByHand);
        spec.commandLine().getOut().flush();
        Optional<UnaryOperator<String>> person = Terminal.person();
        if (person.isEmpty()) {
            throw new PerfException(
                    ExitCode.NOT_AGREED,
                    "Changed by hand in " + folder + ": " + files
                            + ". Nothing was written: move the changes into the descriptor, or overwrite them with --yes.");
        }
        String answer = person.get().apply("Overwrite " + files + ", changed by hand? [y/N] ");
        if (!answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new PerfException(ExitCode.NOT_AGREED, "Nothing was written: you did not agree.");
        }
    }

    private void print(Adaptation adaptation, int changed, PrintWriter out) {
        List<Remark> leftOut = adaptation.leftOut();
        if (!leftOut.isEmpty()) {
            String reason = ", because metrics.emits of the descriptor does not list what they come from";
            out.println(leftOut.size() + " of the panels, queries and rules " + (leftOut.size() == 1 ? "is" : "are")
                    + " left out" + reason
                    + (verbose
                            ? ":"
                            : ": " + folder.resolve(Adaptation.OVERVIEW) + " has the list, --verbose prints it"));
        }
        if (verbose) {
            leftOut.forEach(remark -> out.println("  " + remark.what() + ": " + remark.why()));
        }
        out.println(changed + " of " + Quantity.count(adaptation.files().size(), "file") + " written to " + folder
                + ", see README.md there");
    }
}
