package io.bookstore.dashboards;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A look at {@code /metrics}.
 *
 * @param series the labels of each series name; Micrometer gives every series of a name the same ones
 */
record Scrape(Map<String, Set<String>> series) {

    private static final Pattern LINE = Pattern.compile("(?m)^([a-zA-Z_:]\\w*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    static Scrape of(URI service) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.resolve("/metrics")).build();
        return parse(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    static Scrape parse(String text) {
        Map<String, Set<String>> series = new TreeMap<>();
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            Set<String> labels = series.computeIfAbsent(line.group(1), name -> new TreeSet<>());
            Matcher label = LABEL.matcher(line.group(2) == null ? "" : line.group(2));
            while (label.find()) {
                labels.add(label.group(1));
            }
        }
        return new Scrape(series);
    }
}
