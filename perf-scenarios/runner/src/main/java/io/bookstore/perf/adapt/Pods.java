package io.bookstore.perf.adapt;

import io.bookstore.perf.engine.k6.K6Version;
import io.bookstore.perf.export.K6OperatorExport;
import io.bookstore.perf.export.Manifests;
import io.bookstore.perf.export.PodDescriptor;
import io.bookstore.perf.scenario.Scenario;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A load test of the service on Kubernetes. */
final class Pods {

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
                PodDescriptor.read(descriptor, service.id(), environment));
    }

    /** Its manifests, by their paths. */
    static Map<String, String> manifests(K6OperatorExport export) {
        return Map.of(
                "k6-operator/configmap.yaml", Manifests.yaml(export.configMap()),
                "k6-operator/testrun.yaml", Manifests.yaml(export.testRun()));
    }
}
