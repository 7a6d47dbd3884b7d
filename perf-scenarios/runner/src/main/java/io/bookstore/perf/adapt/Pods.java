package io.bookstore.perf.adapt;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.engine.k6.K6Version;
import io.bookstore.perf.export.K6OperatorExport;
import io.bookstore.perf.export.K6OperatorExport.Descriptor;
import io.bookstore.perf.export.Manifests;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A load test of the service on Kubernetes. */
final class Pods {

    // A ConfigMap holds 1 MiB, and the scripts take a third of it.
    private static final int MOST_DATA = 500_000;

    private Pods() {}

    /**
     * The load test.
     *
     * @param descriptor  the file, which the pods get
     * @param environment variables that it names, which the pods take from a Secret
     */
    static K6OperatorExport export(
            ObservedService service, Scenario load, Path scripts, Path descriptor, Set<String> environment) {
        Map<String, String> variables = new TreeMap<>(load.env());
        variables.put("BASE_URL", service.address().toString());
        return new K6OperatorExport(
                service.id() + "-" + load.name(),
                null,
                scripts.resolve(load.script()),
                scripts,
                variables,
                1,
                K6Version.IMAGE,
                new Descriptor(
                        service.id(),
                        text(descriptor),
                        environment,
                        TargetDescriptor.dataFile(descriptor)
                                .map(file -> data(descriptor, file))
                                .orElse(Map.of())));
    }

    /** Its manifests, by their paths. */
    static Map<String, String> manifests(K6OperatorExport export) {
        return Map.of(
                "k6-operator/configmap.yaml", Manifests.yaml(export.configMap()),
                "k6-operator/testrun.yaml", Manifests.yaml(export.testRun()));
    }

    /** The data file by its path from the descriptor, where the pods find it too. */
    private static Map<String, String> data(Path descriptor, Path file) {
        Path folder = descriptor.toAbsolutePath().normalize().resolveSibling("");
        Path data = file.toAbsolutePath().normalize();
        if (!data.startsWith(folder)) {
            throw unfit(file, "is not below the folder of the descriptor, and pods get nothing else: move it there");
        }
        String text = text(data);
        if (text.length() > MOST_DATA) {
            throw unfit(
                    file, "has more than " + MOST_DATA + " characters, which a ConfigMap has no room for: shorten it");
        }
        return Map.of(folder.relativize(data).toString().replace('\\', '/'), text);
    }

    private static PerfException unfit(Path file, String why) {
        return new PerfException(ExitCode.USAGE, "The data file " + file + " " + why + ".");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new PerfException(ExitCode.NO_INPUT, file + " cannot be read (" + e.getMessage() + ").");
        }
    }
}
