package io.bookstore.perf.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.Yaml;

/** The published schema of target descriptors, as an editor applies it. */
public final class DescriptorSchema {

    private static final ObjectMapper json = new ObjectMapper();

    private final JsonNode document;
    private final Schema schema;

    private DescriptorSchema(JsonNode document) {
        this.document = document;
        this.schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(document);
    }

    public static DescriptorSchema published() {
        try {
            return new DescriptorSchema(json.readTree(Files.readString(file())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path file() {
        return Checkout.scripts().resolve("targets/descriptor.schema.json");
    }

    public JsonNode document() {
        return document;
    }

    /** The findings about a descriptor, each with the place in it; empty if it is valid. */
    public List<String> findings(String yaml) {
        JsonNode descriptor = json.valueToTree(new Yaml().load(yaml));
        return schema.validate(descriptor).stream().map(String::valueOf).toList();
    }
}
