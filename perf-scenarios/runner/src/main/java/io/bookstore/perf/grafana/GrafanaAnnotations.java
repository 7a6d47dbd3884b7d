package io.bookstore.perf.grafana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.metrics.UrlCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the annotation of a run by Grafana's HTTP API, where {@code GRAFANA_URL} names a Grafana.
 *
 * <p>A run is worth its report whatever Grafana does: a failure is a sentence, never an exception, and no sentence has the
 * token.
 *
 * @see <a href="https://grafana.com/docs/grafana/latest/developers/http_api/annotations/">Annotations API</a>
 */
public final class GrafanaAnnotations {

    static final String URL = "GRAFANA_URL";
    static final String TOKEN = "GRAFANA_TOKEN";
    static final String REPORTS = "PERF_REPORTS_URL";

    private static final String PATH = "/api/annotations";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> environment;

    /** @param environment the variables that name Grafana, its token, and where reports are published */
    public GrafanaAnnotations(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Returns whether a Grafana is named, so that each run is to be written. */
    public boolean asked() {
        return !value(URL).isEmpty();
    }

    /** Returns the address below which the folders of runs are published; null if none is named. */
    public @Nullable String reports() {
        return value(REPORTS).isEmpty() ? null : value(REPORTS).replaceAll("/+$", "");
    }

    /**
     * Writes the annotation.
     *
     * @return what came of it, in one line
     */
    public String write(RunAnnotation annotation) throws InterruptedException {
        String address = value(URL).replaceAll("/+$", "");
        if (!address.matches("https?://[^\\s/@?#]+(/[^\\s@?#]*)?")) {
            return problem(URL + " must be an http or https address without a user, such as http://localhost:3000, was "
                    + UrlCredentials.masked(address));
        }
        if (!value(TOKEN).matches("[!-~]*")) {
            return problem(TOKEN + " has a character that no header may have; copy the token again");
        }
        try {
            int status = send(URI.create(address + PATH), annotation);
            return status == 200 ? "annotation of the run: " + address : problem(address + answered(status));
        } catch (IllegalArgumentException noAddress) {
            return problem(URL + " is no address: " + address);
        } catch (IOException e) {
            return problem(address + " does not answer (" + e.getClass().getSimpleName() + "): correct " + URL
                    + ", or start Grafana");
        }
    }

    private int send(URI uri, RunAnnotation annotation) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(text(annotation)));
        if (!value(TOKEN).isEmpty()) {
            request.header("Authorization", "Bearer " + value(TOKEN));
        }
        // It follows no redirection, which could take the token elsewhere.
        HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        // The limit of time ends with the head, so the body is not waited for.
        answer.body().close();
        return answer.statusCode();
    }

    private String text(RunAnnotation annotation) throws JsonProcessingException {
        return json.writeValueAsString(annotation);
    }

    private String answered(int status) {
        boolean refused = status == 401 || status == 403;
        return " answers " + status
                + (refused
                        ? ": " + TOKEN
                                + " must be a token of a service account that may write annotations (role Editor)"
                        : "");
    }

    private String value(String variable) {
        return environment.getOrDefault(variable, "").strip();
    }

    private static String problem(String sentence) {
        return "warning No annotation of the run in Grafana: " + sentence + ".";
    }
}
