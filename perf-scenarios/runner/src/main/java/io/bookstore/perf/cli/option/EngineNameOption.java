package io.bookstore.perf.cli.option;

import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The engine that runs the scripts of a command, by its name. */
public final class EngineNameOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "${env:K6_ENGINE:-auto}",
            description = "What runs the script (K6_ENGINE): auto, container, binary or embedded. Default: auto.")
    private String name;

    @SuppressWarnings("NullAway.Init")
    public EngineNameOption() {}

    /** Chooses the engine of that name; with {@code auto} the first that can run. */
    public EngineChoice choose(List<? extends EngineOption> engines) {
        return EngineChoice.choose(name, origin(), engines);
    }

    public String name() {
        return name;
    }

    /** The option or the variable that named it. */
    public String origin() {
        return Origin.of(command, "--engine");
    }
}
