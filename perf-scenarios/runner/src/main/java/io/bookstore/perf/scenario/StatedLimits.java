package io.bookstore.perf.scenario;

import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code meta.slo} of a script: limits of single requests by class and dimension, as they are written. */
public final class StatedLimits {

    static final String KEY = "slo";

    private StatedLimits() {}

    /**
     * The limits of a script; empty if it states none.
     *
     * @throws PerfException if {@code meta.slo} is no object of objects with texts or numbers
     */
    public static Map<String, Map<String, String>> of(Path script) {
        return stated(script).map(StatedLimits::read).orElse(Map.of());
    }

    private static Optional<Literal> stated(Path script) {
        try {
            return Literal.exported("meta", script.getFileName().toString(), Files.readString(script))
                    .flatMap(meta -> meta.find(KEY));
        } catch (PerfException | IOException e) {
            // A script of one's own may mean something else by "meta".
            return Optional.empty();
        }
    }

    static Map<String, Map<String, String>> read(Literal stated) {
        Map<String, Map<String, String>> limits = new LinkedHashMap<>();
        stated.entries().forEach((kind, dimensions) -> {
            Map<String, String> values = new LinkedHashMap<>();
            dimensions.entries().forEach((dimension, value) -> values.put(dimension, value.textOrNumber()));
            limits.put(kind, values);
        });
        return limits;
    }
}
