package io.bookstore.perf.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.terminal.ConsolePrompt;
import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.describe.DescriptorYaml;
import io.bookstore.perf.describe.OpenApiDocument;
import io.bookstore.perf.describe.OpenApiDraft;
import io.bookstore.perf.probe.FieldReading;
import io.bookstore.perf.probe.ProbedOperation;
import io.bookstore.perf.probe.TargetProbe;
import io.bookstore.perf.probe.TargetProbe.Operations;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.testing.DescriptorSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A descriptor from a document and one request.
 *
 * @param written     its YAML
 * @param environment the variables that it names
 */
record TriedDraft(String written, List<Finding> findings, URI service, Map<String, String> environment) {

    private static final Path scripts = Path.of("k6");

    static TriedDraft of(String document, URI service, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        OpenApiDocument openApi = OpenApiDocument.read(
                Files.writeString(folder.resolve("openapi.json"), document).toString());
        ConsolePrompt prompt = new ConsolePrompt(true, null, new PrintWriter(new StringWriter()), Optional.empty());
        FirstRequest.Outcome outcome = new FirstRequest(scripts, environment, prompt)
                .of(OpenApiDraft.of(openApi, service.toString(), null).descriptor());
        return new TriedDraft(DescriptorYaml.of(outcome.draft()), outcome.findings(), service, environment);
    }

    /** Asserts that the descriptor reads such an answer to its end, text and figures included. */
    TriedDraft proven(Path folder) throws IOException, InterruptedException {
        assertThat(DescriptorSchema.published().findings(written)).isEmpty();
        Path file = Files.writeString(folder.resolve("helpdesk.yml"), written);
        ProbedOperation read = new TargetProbe(scripts, environment)
                .ask(TargetDescriptor.read(file.toString(), scripts), service, Operations.SUMMARY)
                .operations()
                .get(0);
        assertThat(read.wasAnswered()).as(written + read.sentence()).isTrue();
        assertThat(read.fields()).isNotEmpty().allMatch(FieldReading::wasRead);
        return this;
    }

    /** A document with one operation, whose body has that field. */
    static String document(String path, String type, String more, String field) {
        return """
                {"openapi": "3.1.0", "info": {"title": "Helpdesk"}, "paths": {"%1$s": {"post": {%3$s
                  "requestBody": {"content": {"application/json": {"schema": {"type": "object",
                   "required": ["%4$s"], "properties": {"%4$s": {"type": "string"}}}}}},
                  "responses": {"200": {"content": {"%2$s": {"schema": {"type": "object", "properties": {
                   "model": {"type": "string"}}}}}}}}}}}
                """.formatted(path, type, more, field);
    }
}
