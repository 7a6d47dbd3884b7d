package io.bookstore.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param path    without the query
 * @param query   the part after the question mark; empty if there is none
 * @param body    a missing node where there is none
 * @param host    of the simulator, as the client wrote it
 * @param header  the value of a header by its name; null if it is not there
 * @param backend that keeps what the request leaves or asks for
 */
public record WireRequest(
        String path,
        String query,
        JsonNode body,
        String host,
        Function<String, @Nullable String> header,
        Backend backend) {

    /** The same request with another body. */
    public WireRequest withBody(JsonNode other) {
        return new WireRequest(path, query, other, host, header, backend);
    }

    /** The part of the path after another: {@code file-1} after {@code files} in {@code /v1/files/file-1/content}. */
    public String partAfter(String name) {
        List<String> parts = List.of(path.split("/", -1));
        return parts.get(parts.indexOf(name) + 1);
    }

    /** The value of a parameter of the query; empty if it is not there. */
    public String parameter(String name) {
        return Stream.of(query.split("&"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> parameter.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** The values of a parameter of the query that may come several times, as {@code name} or as {@code name[]}. */
    public List<String> parameters(String name) {
        return Stream.of(query.replace("%5B%5D=", "=").replace("[]=", "=").split("&"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> parameter.substring(name.length() + 1))
                .toList();
    }
}
