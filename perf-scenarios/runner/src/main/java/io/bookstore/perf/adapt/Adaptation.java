package io.bookstore.perf.adapt;

import io.bookstore.perf.export.K6OperatorExport;
import io.bookstore.perf.promql.MetricCatalogue;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.scenario.Scenarios;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kit's observability, written for a service.
 *
 * @param files   texts by their path, with slashes
 * @param leftOut panels, queries and rules that the service has no data for
 */
public record Adaptation(Map<String, String> files, List<Remark> leftOut) {

    /** The page beside the files, which lists what is left out. */
    public static final String OVERVIEW = "README.md";

    public Adaptation {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        leftOut = List.copyOf(leftOut);
    }

    /**
     * The page of metrics that a descriptor names; empty if it has no section {@code metrics}.
     *
     * @param address the service itself
     * @throws io.bookstore.perf.PerfException if the section is not as it must be
     */
    public static Optional<URI> metricsPage(TargetDescriptor descriptor, URI address, Path scripts) {
        Path file = TargetDescriptor.file(descriptor.forScripts(), scripts);
        Map<?, ?> keys = TargetDescriptor.keys(file);
        return keys.containsKey("metrics")
                ? Optional.of(MetricsReader.read(file, keys, address, descriptor.healthPath(), catalogue())
                        .page())
                : Optional.empty();
    }

    private static MetricCatalogue catalogue() {
        return MetricCatalogue.parse(Kit.text(Kit.METRICS));
    }

    /**
     * Adapts everything.
     *
     * @param address the service as Prometheus and pods reach it
     * @param scripts folder of the kit's scripts
     * @param folder  the folder that the files are for, at which the paths in them begin
     * @throws io.bookstore.perf.PerfException if the descriptor's section {@code metrics} is not as it must be
     */
    public static Adaptation of(TargetDescriptor descriptor, URI address, Path scripts, Path folder) {
        Path file = TargetDescriptor.file(descriptor.forScripts(), scripts);
        Map<?, ?> keys = TargetDescriptor.keys(file);
        MetricCatalogue catalogue = catalogue();
        ObservedService service = MetricsReader.read(file, keys, address, descriptor.healthPath(), catalogue);
        Names names = new Names(service, catalogue, false);
        DashboardSheet dashboard = new DashboardSheet(names);
        RuleSheet rules = new RuleSheet(names);
        OwnScenarios scenarios = new OwnScenarios(Scenarios.in(scripts), keys);

        Map<String, String> files = new TreeMap<>();
        for (String own : DashboardSheet.OWN) {
            files.put("grafana/" + DashboardSheet.idFor(own, service) + ".json", dashboard.adapt(Kit.dashboard(own)));
        }
        files.put(Kit.RECORDINGS, rules.adapt(Kit.text(Kit.RECORDINGS)));
        files.put(Kit.ALERTS, rules.adapt(Kit.text(Kit.ALERTS)));
        files.put(Kit.PROMETHEUS, ScrapeSheet.adapt(Kit.text(Kit.PROMETHEUS), service));
        files.put(Kit.COLLECTOR, Kit.text(Kit.COLLECTOR));
        files.put(Kit.RUNBOOK, RunbookSheet.adapt(Kit.text(Kit.RUNBOOK), service, rules.alerts()));
        files.put("Makefile", Commands.of(service, scenarios, new Places(scripts, folder), descriptor));
        K6OperatorExport pods = Pods.export(service, scenarios.load(), scripts, file, descriptor.environment());
        files.putAll(Pods.manifests(pods));
        List<Remark> leftOut = new ArrayList<>(dashboard.leftOut());
        leftOut.addAll(rules.leftOut());
        files.put(OVERVIEW, Overview.of(service, pods.secretCommand(), dashboard.waiting(), leftOut));
        return new Adaptation(files, leftOut);
    }
}
