package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.PerfException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The address that a document gives for an operation. */
final class ServerAddress {

    private ServerAddress() {}

    /**
     * The first server of the operation, its path or the document, where a variable has its default; relative to the
     * document's own address.
     *
     * @throws PerfException if that is no whole address
     */
    static String of(ApiOperation operation) {
        OpenApiDocument document = operation.document();
        String server = "/";
        for (JsonNode owner : List.of(operation.node(), operation.pathItem(), document.at())) {
            if (owner.path("servers").size() > 0) {
                server = url(owner.path("servers").get(0));
                break;
            }
        }
        try {
            URI address = document.address() == null
                    ? URI.create(server)
                    : document.address().resolve(server);
            if (address.getHost() != null && String.valueOf(address.getScheme()).startsWith("http")) {
                return address.toString().replaceAll("/+$", "");
            }
        } catch (IllegalArgumentException notAUri) {
            // Falls through to the sentence below.
        }
        throw document.bad("gives the service the address \"" + server
                + "\", without a host: give the whole one with --base-url, such as http://localhost:8080"
                + (server.startsWith("/") ? server.replaceAll("/+$", "") : ""));
    }

    private static String url(JsonNode server) {
        String url = server.path("url").asText();
        for (Map.Entry<String, JsonNode> variable : server.path("variables").properties()) {
            url = url.replace(
                    "{" + variable.getKey() + "}",
                    variable.getValue().path("default").asText());
        }
        return url;
    }
}
