package io.bookstore.perf.cli;

import io.bookstore.perf.run.Installation;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.stack.ServiceProbe;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which descriptor says where a service is and how it is asked. */
final class TargetOption {

    @Option(
            names = "--target",
            paramLabel = "NAME",
            defaultValue = "${env:TARGET:-" + TargetDescriptor.OWN + "}",
            description = "A descriptor of k6/targets/, or the path of one (TARGET). Default: bookstore.")
    private String target = TargetDescriptor.OWN;

    @Option(
            names = "--scripts",
            paramLabel = "FOLDER",
            defaultValue = "${env:PERF_SCRIPTS}",
            description = "Folder of the k6 scripts (PERF_SCRIPTS). Default: the one of this kit.")
    private @Nullable Path scripts;

    /** The descriptor; null for the BookStore API, which needs none here. */
    @Nullable
    TargetDescriptor descriptor() {
        return target.equals(TargetDescriptor.OWN)
                ? null
                : TargetDescriptor.read(
                        target, Installation.locate(scripts, null).scripts());
    }

    /** Asks the service at {@code baseUrl} as the descriptor says. */
    static ServiceProbe probe(URI baseUrl, @Nullable TargetDescriptor descriptor) {
        return descriptor == null ? new ServiceProbe(baseUrl) : new ServiceProbe(baseUrl, descriptor.healthPath());
    }
}
