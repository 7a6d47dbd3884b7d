package io.bookstore.genai.spans;

import io.bookstore.k6.options.DurationText;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.JsonOption;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.otlp.ExportFile;
import io.bookstore.perf.stack.Ports;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check-spans",
        description = {
            "Judges the spans, metrics and events of calls to models, as any service exports them by OTLP, by the"
                    + " GenAI conventions.",
            "docs/check-spans.md has the rules."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0 if nothing departs from the conventions, 99 if something does,",
            "and 65 if nothing was there to judge.",
            "",
            "Examples:",
            "  llm-perf check-spans traces.jsonl           what a collector has written",
            "  llm-perf check-spans 4318 --count 20        the next 20 calls of a service",
            "  llm-perf check-spans 4318 --for 1m --conventions v1-36,v1-41 --json"
        })
final class CheckSpansCommand implements Callable<Integer> {

    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE|PORT",
            description = "An export as JSON or protobuf, or several as the collector's file exporter writes them; or a"
                    + " port of this machine to receive them on by HTTP until Ctrl-C, 0 for any.")
    private String source = "";

    @Mixin
    private ConventionsOption conventions = new ConventionsOption();

    @Option(names = "--for", paramLabel = "TIME", description = "Receive for so long, such as 30s or 1m30s.")
    private @Nullable String length;

    @Option(names = "--count", paramLabel = "NUMBER", description = "Receive until so many calls have come.")
    private @Nullable Long count;

    @Mixin
    private JsonOption json = new JsonOption();

    /** Created by picocli, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    CheckSpansCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        GenAiConformance conformance = conventions.conformance();
        Duration limit = length();
        if (count != null && count < 1) {
            throw usage("--count must be a whole number from 1, was " + count + ".");
        }
        Verdict verdict = source.matches("\\d{1,9}") ? ofService(conformance, limit) : ofFile(conformance);
        PrintWriter out = spec.commandLine().getOut();
        if (json.asked()) {
            out.println(Json.of(VerdictJson.of(verdict, conventions.names())));
        } else {
            new VerdictPrinter(out).print(verdict, conventions.names());
        }
        return verdict.exitCode().value();
    }

    private Verdict ofFile(GenAiConformance conformance) {
        if (length != null || count != null) {
            throw usage((length == null ? "--count" : "--for") + " is for a PORT; a FILE is read to its end.");
        }
        Judgement judgement = new Judgement(conformance, departure -> {});
        ExportFile.read(Path.of(source), judgement);
        return judgement.verdict();
    }

    private Verdict ofService(GenAiConformance conformance, @Nullable Duration limit) throws InterruptedException {
        int port = Ports.checked(Integer.parseInt(source), "PORT");
        PrintWriter messages = json.messages();
        Judgement judgement = new Judgement(conformance, departure -> {
            messages.println(departure);
            messages.flush();
        });
        Reception reception = new Reception(judgement, limit, count);
        interruption.reactWith(reception::end);
        reception.run(port, messages);
        messages.println();
        return judgement.verdict();
    }

    private @Nullable Duration length() {
        if (length == null) {
            return null;
        }
        return DurationText.parse(length)
                .filter(time -> !time.isNegative() && !time.isZero())
                .orElseThrow(() -> usage("--for must be a time like 30s, was \"" + length + "\"."));
    }

    private static PerfException usage(String sentence) {
        return new PerfException(ExitCode.USAGE, sentence);
    }
}
