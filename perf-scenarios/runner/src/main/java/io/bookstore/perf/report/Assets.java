package io.bookstore.perf.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Style and scripts that a report carries inside itself. */
public record Assets(String styleSheet, String chartLibrary, String chartScript) {

    private static final String UPLOT_POM = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

    public static Assets load() {
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        return new Assets(
                text(uplot + "uPlot.min.css") + text("/io/bookstore/perf/report/report.css"),
                text(uplot + "uPlot.iife.min.js"),
                text("/io/bookstore/perf/report/charts.js"));
    }

    // The path holds the version, and the POM decides on the version: read it from the jar rather than write it twice.
    private static String uplotVersion() {
        Properties properties = new Properties();
        try (InputStream stream = open(UPLOT_POM)) {
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static String text(String resource) {
        try (InputStream stream = open(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        InputStream stream = Assets.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("missing on the class path: " + resource);
        }
        return stream;
    }
}
