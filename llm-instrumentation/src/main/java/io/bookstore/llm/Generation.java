package io.bookstore.llm;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The names that one generation of the conventions has besides those that all of them share. */
interface Generation {

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

    /** The generations, newest first: one that is written later wins where two give a name two types. */
    static List<Generation> of(Set<GenAiConventions> conventions) {
        return conventions.stream()
                .sorted(Comparator.reverseOrder())
                .map(Generation::of)
                .toList();
    }

    private static Generation of(GenAiConventions conventions) {
        return switch (conventions) {
            case V1_36 -> new GenerationV136();
            case V1_41 -> new GenerationV141();
            case V0_1 -> new GenerationV01();
        };
    }
}
