package io.bookstore.perf.adapt;

import io.bookstore.perf.promql.MetricCatalogue;
import io.bookstore.perf.promql.PromQl;
import io.bookstore.perf.promql.Rewriting;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of the service in place of the kit's.
 *
 * @param everySelector whether each selector asks for the series of this service alone
 */
record Names(ObservedService service, MetricCatalogue catalogue, boolean everySelector) implements Rewriting {

    private static final String JOB = "job";

    /** The names for rules, which see the series of every service. */
    Names forEverySelector() {
        return new Names(service, catalogue, true);
    }

    /** The expression for this service. */
    String in(String expression) {
        return PromQl.parse(expression).rewritten(this);
    }

    /** The reason why the service has no data for the expression; empty if it may have. */
    Optional<String> missingIn(String expression) {
        return PromQl.parse(expression).selectors().stream()
                .flatMap(selector -> catalogue.metricOf(selector.series()).stream())
                .filter(metric -> !service.emits().contains(metric.from()))
                .filter(metric -> !service.rename().containsKey(metric.name()))
                .findFirst()
                .map(metric -> metric.name() + " comes from " + metric.from());
    }

    /** The event before which the service has no data for the expression; empty if traffic is enough. */
    Optional<String> awaitedBy(String expression) {
        return PromQl.parse(expression).selectors().stream()
                .flatMap(selector -> catalogue.metricOf(selector.series()).stream())
                .filter(metric -> metric.appears() != null)
                .findFirst()
                .map(metric -> theirs(metric.name()) + " appears " + metric.appears());
    }

    @Override
    public String series(String series) {
        return catalogue
                .metricOf(series)
                .map(metric ->
                        theirs(metric.name()) + series.substring(metric.name().length()))
                .orElse(series);
    }

    @Override
    public String label(String label) {
        return label.equals(JOB) ? service.label() : theirs(label);
    }

    @Override
    public String value(String label, String value) {
        if (label.equals(JOB)) {
            return value.startsWith("$") ? value : service.value();
        }
        return label.equals("http_route") ? routes(value) : value;
    }

    @Override
    public String besides(Set<String> labels) {
        return everySelector && !labels.contains(JOB) ? service.label() + "=\"" + service.value() + '"' : "";
    }

    /** A pattern of routes: each of its alternatives stands for some of the kit's own routes. */
    String routes(String pattern) {
        return Arrays.stream(pattern.split("\\|")).map(this::route).distinct().collect(Collectors.joining("|"));
    }

    private String route(String ours) {
        return switch (ours) {
            case "$route" -> ours;
            case ".*generate-summary.*", ".*/chat/completions" -> service.routes();
            case "/health.*" -> Routes.ofHealth(service.healthPath());
            case "/metrics" -> Routes.exactly(service.path());
            case "none" -> service.dialect().withoutRoute();
            default -> throw new IllegalArgumentException("no route of a described service stands for " + ours);
        };
    }

    private String theirs(String ours) {
        return service.rename().getOrDefault(ours, service.dialect().nameOf(ours));
    }
}
