package io.bookstore.perf.adapt;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page that lies beside the files of a service: what each is for, and what they leave out. */
final class Overview {

    private static final String PAGE = """
            # Observability of %1$s

            Written by `llm-perf adapt` from the descriptor of the service. Change that, and `make adapt` shows what changes here and writes it.

            | File | Use |
            |---|---|
            | `grafana/%2$s-perf.json`, `-errors.json`, `-service.json`, `-compare.json` | *Dashboards > Import*, then choose the data source at the top |
            | `prometheus/prometheus.yml` | scrapes `%3$s%4$s` and loads the rules beside it |
            | `prometheus/rules/` | recorded series, and the alerts on the kit's limits |
            | `otel-collector.yaml` | receives the spans of the service by OTLP and hands them on |
            | `RUNBOOK.md` | what each alert means and what to do |
            | `k6-operator/` | %5$s`kubectl apply --server-side -f k6-operator` runs a load test on Kubernetes |
            | `Makefile` | `make help` lists the commands |
            """;

    private static final String MICROMETER = """

            ## Needed in the service

            Percentiles need histograms, which Micrometer writes if it is told to. Spring Boot:

                management.endpoints.web.exposure.include=health,prometheus
                management.metrics.distribution.percentiles-histogram.http.server.requests=true
            """;

    private Overview() {}

    /** @param secretCommand the command that the pods need first; empty if none */
    static String of(
            ObservedService service, Optional<String> secretCommand, List<Remark> waiting, List<Remark> leftOut) {
        return PAGE.formatted(
                        service.name(),
                        service.id(),
                        service.target(),
                        service.path(),
                        secretCommand
                                .map(command -> "after `" + command + "`"
                                        + (command.contains("--from-file")
                                                ? " in the folder of the descriptor, "
                                                : ", "))
                                .orElse(""))
                + (service.dialect() == Dialect.MICROMETER ? MICROMETER : "")
                + table("Empty at first", "Panels of failures are empty while nothing fails, and these:", waiting)
                + table(
                        "Left out",
                        "The service does not have what these come from, or `metrics.emits` of its descriptor does not list it:",
                        leftOut);
    }

    private static String table(String title, String sentence, List<Remark> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        return "\n## " + title + "\n\n" + sentence + "\n\n| What | Why |\n|---|---|\n"
                + lines.stream()
                        .map(line -> "| " + line.what() + " | " + line.why() + " |\n")
                        .collect(Collectors.joining());
    }
}
