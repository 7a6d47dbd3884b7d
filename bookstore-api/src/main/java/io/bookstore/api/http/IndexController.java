package io.bookstore.api.http;

import io.bookstore.api.startup.ConsoleAddress;
import io.bookstore.api.startup.ManagementPort;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.env.Environment;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;

/** The page at the address of the service: what there is, with links. */
@Hidden
@Secured(SecurityRule.IS_ANONYMOUS)
@Controller("/")
class IndexController {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>BookStore API</title>
                <link rel="stylesheet" href="swagger-ui/index.css">
                <link rel="icon" href="swagger-ui/res/favicon-32x32.png">
            </head>
            <body>
            <main>
                <h1>BookStore API</h1>
                <p>Books, authors, and summaries by a language model.</p>
                <ul>
                    <li><a href="swagger-ui/index.html">Try the API</a>, described by <a href="swagger/bookstore-api.yml">OpenAPI</a></li>
                    <li><a href="api/v1/Books">Books</a> and <a href="api/v1/Authors">authors</a>; \
            a service that was given keys asks for one</li>
                    <li>%s</li>
                    <li>Load tests, their reports, and each call to a model: %s</li>
                </ul>
            </main>
            </body>
            </html>
            """;

    private final String page;

    IndexController(@Value(ManagementPort.OF_ROUTES) int managementPort, Environment environment) {
        URI console = ConsoleAddress.of(environment);
        page = PAGE.formatted(
                managementPort < 0
                        ? "<a href=\"health\">Health</a> and <a href=\"metrics\">metrics</a>"
                        : "<code>/health</code> and <code>/metrics</code> at port " + managementPort,
                console == null ? "<code>./llm-perf console</code>" : "<a href=\"%s\">console</a>".formatted(console));
    }

    @Get(produces = MediaType.TEXT_HTML)
    HttpResponse<String> show() {
        return HttpResponse.ok(page)
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'");
    }
}
