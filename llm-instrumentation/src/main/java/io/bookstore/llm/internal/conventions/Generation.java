package io.bookstore.llm.internal.conventions;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Set;

/** The names that one generation of the conventions has besides those that all of them share. */
public interface Generation {

    /** The attribute and label that names the provider. */
    AttributeKey<String> provider();

    /** The metrics of this generation. */
    Set<GenAiMetric> metrics();

    /** The address of the schema that has these names; empty if there is none. */
    String schemaUrl();

    void putStart(AttributesBuilder span, CallStart call);

    void putEnd(AttributesBuilder span, CallSnapshot call);

    void putContent(AttributesBuilder span, Content kept);

    /** Puts the attributes of an agent that other generations lack. */
    void putAgent(AttributesBuilder span, AgentRequest agent);
}
