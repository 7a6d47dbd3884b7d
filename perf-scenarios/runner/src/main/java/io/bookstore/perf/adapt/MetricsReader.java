package io.bookstore.perf.adapt;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.promql.MetricCatalogue;
import io.bookstore.perf.promql.MetricCatalogue.Metric;
import io.bookstore.perf.scenario.Nearest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the section {@code metrics} of a descriptor says, and what follows from the rest of it. */
final class MetricsReader {

    private static final List<String> KEYS =
            List.of("dialect", "serviceLabel", "serviceValue", "port", "path", "routes", "emits", "rename");
    private static final List<String> MODEL_OPERATIONS = List.of("summary", "streamedSummary");
    private static final String METRIC = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*";

    private final Path file;
    private final MetricCatalogue catalogue;
    private final Map<?, ?> section;

    private MetricsReader(Path file, Map<?, ?> descriptor, MetricCatalogue catalogue) {
        this.file = file;
        this.catalogue = catalogue;
        this.section = map("metrics", descriptor.get("metrics"));
    }

    /**
     * Reads a descriptor.
     *
     * @param address the service as Prometheus reaches it
     * @throws PerfException if the section is not as it must be, or no operation asks the model
     */
    static ObservedService read(
            Path file, Map<?, ?> descriptor, URI address, String healthPath, MetricCatalogue catalogue) {
        return new MetricsReader(file, descriptor, catalogue).service(descriptor, address, healthPath);
    }

    private ObservedService service(Map<?, ?> descriptor, URI address, String healthPath) {
        section.keySet().forEach(key -> requireKnown("metrics", "key", String.valueOf(key), KEYS));
        String name = descriptor.get("name") instanceof String text ? text : "";
        if (!name.matches(".*[a-zA-Z0-9].*")) {
            throw wrong("needs the key \"name\", with a letter or digit in it");
        }
        Dialect dialect = dialect();
        Map<?, ?> operations = map("operations", descriptor.get("operations"));
        return new ObservedService(
                name,
                matching("serviceLabel", text("serviceLabel", "job"), LABEL, "the name of a label"),
                matching("serviceValue", text("serviceValue", name), "[^\"\\\\\\p{Cntrl}]+", "a text without quotes"),
                address,
                port(address),
                matching("path", text("path", dialect.path()), "/\\S*", "a path, which begins with a slash"),
                healthPath,
                routes(operations),
                dialect,
                emits(dialect, operations.containsKey("streamedSummary")),
                rename());
    }

    private Dialect dialect() {
        String label = text("dialect", Dialect.OPENTELEMETRY.label());
        requireKnown(
                "metrics",
                "dialect",
                label,
                Arrays.stream(Dialect.values()).map(Dialect::label).toList());
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private int port(URI address) {
        Object port = section.get("port");
        if (port == null) {
            return address.getPort();
        }
        if (port instanceof Integer number && number > 0 && number < 65_536) {
            return number;
        }
        throw wrong("has metrics.port \"" + port + "\", which must be a number from 1 to 65535");
    }

    /** A pattern of the routes that ask the model: those that the section names, else the paths of the operations. */
    private String routes(Map<?, ?> operations) {
        Map<?, ?> named = map("metrics.routes", section.get("routes"));
        named.keySet()
                .forEach(key -> requireKnown("metrics.routes", "operation", String.valueOf(key), MODEL_OPERATIONS));
        String routes = MODEL_OPERATIONS.stream()
                .flatMap(operation -> named.get(operation) != null
                        ? Stream.of(Routes.exactly(String.valueOf(named.get(operation))))
                        : map("operations." + operation, operations.get(operation))
                                                .get("path")
                                        instanceof String path
                                ? Stream.of(Routes.ofPath(path))
                                : Stream.empty())
                .distinct()
                .collect(Collectors.joining("|"));
        if (routes.isEmpty()) {
            throw wrong("describes no operation that asks the model: describe summary or streamedSummary");
        }
        return routes;
    }

    /** The sources that the section lists, else the usual ones. */
    private Set<String> emits(Dialect dialect, boolean streams) {
        Set<String> sources = catalogue.metrics().values().stream()
                .map(Metric::from)
                .filter(source -> !source.equals(MetricCatalogue.PROMETHEUS))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> emits = new LinkedHashSet<>(dialect.emits());
        if (streams) {
            emits.add("llm-streaming");
        }
        Object named = section.get("emits");
        if (named instanceof List<?> list) {
            emits.clear();
            list.forEach(each -> {
                requireKnown("metrics.emits", "source", String.valueOf(each), sources);
                emits.add(String.valueOf(each));
            });
        } else if (named != null) {
            throw wrong("has metrics.emits \"" + named + "\", which must be a list of " + String.join(", ", sources));
        }
        emits.add(MetricCatalogue.PROMETHEUS);
        return emits;
    }

    private Map<String, String> rename() {
        Set<String> labels = catalogue.metrics().values().stream()
                .flatMap(metric -> metric.labels().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(labels);
        known.addAll(catalogue.metrics().keySet());
        Map<String, String> rename = new LinkedHashMap<>();
        map("metrics.rename", section.get("rename")).forEach((key, value) -> {
            String ours = String.valueOf(key);
            if (!known.contains(ours)) {
                throw wrong("renames \"" + ours + "\", which is no metric or label of the kit" + meant(ours, known)
                        + "; dashboards/metrics.yaml lists them, without _bucket, _sum and _count");
            }
            rename.put(
                    ours,
                    matching(
                            "rename." + ours,
                            String.valueOf(value),
                            labels.contains(ours) ? LABEL : METRIC,
                            labels.contains(ours) ? "the name of a label" : "the name of a metric"));
        });
        return rename;
    }

    private String text(String key, String otherwise) {
        Object value = section.get(key);
        return value == null ? otherwise : String.valueOf(value);
    }

    private String matching(String key, String value, String pattern, String rule) {
        if (!value.matches(pattern)) {
            throw wrong("has metrics." + key + " \"" + value + "\", which must be " + rule);
        }
        return value;
    }

    private Map<?, ?> map(String key, @Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong("has the text \"" + value + "\" under " + key + ", which must have keys");
    }

    private void requireKnown(String where, String what, String name, Collection<String> known) {
        if (!known.contains(name)) {
            throw wrong("has an unknown " + what + " \"" + name + "\" under " + where + meant(name, known)
                    + "; known are " + String.join(", ", known));
        }
    }

    private static String meant(String name, Collection<String> known) {
        return Nearest.to(name, known)
                .map(near -> ": did you mean " + near + "?")
                .orElse("");
    }

    private PerfException wrong(String what) {
        return new PerfException(ExitCode.USAGE, "The target descriptor " + file + " " + what + ".");
    }
}
