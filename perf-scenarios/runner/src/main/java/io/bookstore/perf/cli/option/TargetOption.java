package io.bookstore.perf.cli.option;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.stack.ServiceProbe;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The descriptor that says where a service is and how it is asked. */
public final class TargetOption {

    @Option(
            names = "--target",
            paramLabel = "NAME",
            defaultValue = "${env:TARGET:-" + TargetDescriptor.OWN + "}",
            description = "A descriptor of k6/targets/, or the path of one (TARGET). Default: bookstore.")
    private String target = TargetDescriptor.OWN;

    @Mixin
    private ScriptsOption scripts = new ScriptsOption();

    /** The descriptor; null for the BookStore API, which needs none here. */
    @Nullable
    public TargetDescriptor descriptor() {
        return target.equals(TargetDescriptor.OWN) ? null : TargetDescriptor.read(target, scripts.folder());
    }

    /** The descriptor's name among those of this kit, or its path. */
    public String name() {
        return target;
    }

    /** The folder of this kit's scripts. */
    public Path scripts() {
        return scripts.folder();
    }

    /**
     * Refuses a variable for the scripts of this kit that none of them reads.
     *
     * @throws PerfException if one is nearly a known one
     */
    public void refuseMisspelt(Set<String> variables) {
        ScenarioOption.refuseMisspelt(variables, scripts.scenarios().variableNames());
    }

    /** Asks the service at {@code baseUrl} as the descriptor says. */
    public static ServiceProbe probe(URI baseUrl, @Nullable TargetDescriptor descriptor) {
        return descriptor == null
                ? new ServiceProbe(baseUrl)
                : new ServiceProbe(baseUrl, descriptor.healthPath(), descriptor.correctionOf(baseUrl));
    }
}
