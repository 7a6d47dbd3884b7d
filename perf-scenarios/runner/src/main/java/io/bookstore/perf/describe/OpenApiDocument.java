package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An OpenAPI document of version 3. References are followed where a value is asked for, so a cycle costs nothing. */
public final class OpenApiDocument {

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private final DocumentText source;
    private final JsonNode root;

    private OpenApiDocument(DocumentText source, JsonNode root) {
        this.source = source;
        this.root = root;
    }

    /**
     * Reads a file or an address.
     *
     * @throws PerfException if there is no OpenAPI document of version 3
     */
    public static OpenApiDocument read(String place) throws InterruptedException {
        DocumentText source = DocumentText.read(place);
        OpenApiDocument document = new OpenApiDocument(source, DocumentTree.of(source));
        document.check();
        return document;
    }

    private void check() {
        if (root.has("swagger")) {
            throw bad("is Swagger " + root.path("swagger").asText()
                    + ": convert it to OpenAPI 3 first, such as with swagger2openapi");
        }
        if (!root.path("openapi").isTextual() && !root.path("openapi").isNumber()) {
            throw bad("is no OpenAPI document: it has no key \"openapi\"");
        }
        if (!root.path("openapi").asText().startsWith("3.")) {
            throw bad("is OpenAPI " + root.path("openapi").asText() + "; 3.0 and 3.1 can be read");
        }
        if (operations().isEmpty()) {
            throw bad("describes no operations");
        }
        for (ApiOperation operation : operations()) {
            // Such as @other.example/ready, which would take the service's credentials to another host.
            if (!operation.path().startsWith("/")) {
                throw bad("has the path \"" + operation.path() + "\": a path begins with /");
            }
        }
    }

    /** The file or address, as the user named it. */
    String place() {
        return source.place();
    }

    /** The address; null for a file. */
    @Nullable
    URI address() {
        return source.address();
    }

    String title() {
        return root.path("info").path("title").asText("").strip();
    }

    /** A member of the document by the names that lead to it; missing if it is not there. */
    JsonNode at(String... names) {
        JsonNode node = root;
        for (String name : names) {
            node = resolve(node.path(name));
        }
        return node;
    }

    List<ApiOperation> operations() {
        List<ApiOperation> operations = new ArrayList<>();
        root.path("paths").fields().forEachRemaining(path -> {
            JsonNode item = resolve(path.getValue());
            for (String method : METHODS) {
                if (item.path(method).isObject()) {
                    operations.add(new ApiOperation(this, method, path.getKey(), item, item.path(method)));
                }
            }
        });
        return operations;
    }

    /**
     * The node, or that which its {@code $ref} leads to.
     *
     * @throws PerfException if it leads nowhere, out of the document, or back to itself
     */
    JsonNode resolve(JsonNode node) {
        Set<String> followed = new LinkedHashSet<>();
        JsonNode found = node;
        while (found.path("$ref").isTextual()) {
            String reference = found.path("$ref").asText();
            if (!followed.add(reference)) {
                throw bad("has a reference that leads back to itself: " + String.join(", ", followed));
            }
            found = target(reference);
        }
        return found;
    }

    private JsonNode target(String reference) {
        if (!reference.startsWith("#")) {
            throw bad("refers to " + reference + ", outside itself: bundle it into one file first, such as with"
                    + " \"redocly bundle\"");
        }
        JsonNode found = reference.equals("#") ? root : pointedTo(reference);
        if (found.isMissingNode()) {
            throw bad("refers to " + reference + ", which is not there");
        }
        return found;
    }

    private JsonNode pointedTo(String reference) {
        try {
            // A plus sign is no space here, other than in a form.
            return root.at(URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noPointer) {
            return MissingNode.getInstance();
        }
    }

    PerfException bad(String reason) {
        return new PerfException(ExitCode.USAGE, source.place() + " " + reason + ".");
    }
}
