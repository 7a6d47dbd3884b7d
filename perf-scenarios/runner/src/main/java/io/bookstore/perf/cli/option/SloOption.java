package io.bookstore.perf.cli.option;

import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The limits of single requests by which a command judges. */
public final class SloOption {

    @Option(
            names = "--slo",
            paramLabel = "LIMITS",
            description = "Limits of single requests, such as llm.ttft=2s,llm.e2e=8s. Default: those of the script.")
    private @Nullable String slo;

    /** The limits that were given; {@link Slo#NONE} without. */
    public Slo limits() {
        return slo == null ? Slo.NONE : SloText.parse("--slo", slo);
    }
}
