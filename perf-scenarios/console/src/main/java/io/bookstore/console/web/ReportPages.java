package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.bookstore.console.runs.RunQueue;
import io.bookstore.perf.history.HtmlHistory;
import io.bookstore.perf.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The reports of runs and the page of their trends. A path is compared with those of the runs that are there, and never becomes
 * the name of a file.
 *
 * <p>A report holds texts of the service and scripts of its own, so it is shown in a sandbox: as a page of no origin, which the
 * console answers to as little as to any other.
 */
final class ReportPages implements HttpHandler {

    private static final String ROOT = "/reports/";
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts";

    private final RunQueue runs;

    ReportPages(RunQueue runs) {
        this.runs = runs;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (Answer.refusedMethod(exchange)) {
            return;
        }
        String path = exchange.getRequestURI().getPath();
        Optional<Path> page = page(path.substring(ROOT.length()));
        if (page.isEmpty()) {
            Answer.problem(exchange, 404, "There is no report " + path + ".");
            return;
        }
        byte[] html = Files.readAllBytes(page.get());
        exchange.getResponseHeaders().set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        Answer.bytes(exchange, 200, "text/html; charset=utf-8", html);
    }

    private Optional<Path> page(String name) throws IOException {
        if (name.equals(HtmlHistory.NAME)) {
            return runs.saved().trends();
        }
        String end = "/" + HtmlReport.NAME;
        return name.endsWith(end)
                ? runs.saved().report(name.substring(0, name.length() - end.length()))
                : Optional.empty();
    }
}
