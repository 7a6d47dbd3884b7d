package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.SpanReader;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A model whose name nobody knows has none, where LangChain4j says "unknown". */
class NamelessModelTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @Test
    void embeddingOfAModelWithoutANameIsNamedByItsOperationAlone() {
        EmbeddingModel model =
                InstrumentedEmbeddingModel.wrap(new Nameless(), GenAiTelemetry.create(otel.getOpenTelemetry()));

        model.embed("hello");

        assertThat(SpanReader.onlySpan(otel).getName()).isEqualTo("embeddings");
        assertThat(attributes(SpanReader.onlySpan(otel))).doesNotContainKey("gen_ai.request.model");
    }

    private static final class Nameless implements EmbeddingModel {

        @Override
        public Response<Embedding> embed(String text) {
            return Response.from(Embedding.from(new float[] {1, 2}));
        }
    }
}
