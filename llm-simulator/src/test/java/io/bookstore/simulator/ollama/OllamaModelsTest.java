package io.bookstore.simulator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.ollama.OllamaModel;
import dev.langchain4j.model.ollama.OllamaModels;
import dev.langchain4j.model.ollama.RunningOllamaModel;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The models of Ollama, as LangChain4j's client reads them. */
class OllamaModelsTest {

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    private final OllamaModels models =
            OllamaModels.builder().baseUrl(server.baseUrl().toString()).build();

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void modelsThatWerePulledAreThoseInMemory() {
        assertThat(models.availableModels().content())
                .extracting(OllamaModel::getName)
                .containsExactly("llama3.1:8b", "nomic-embed-text:latest");
        assertThat(models.runningModels().content())
                .extracting(RunningOllamaModel::getName)
                .containsExactly("llama3.1:8b", "nomic-embed-text:latest");
    }

    @ParameterizedTest
    @CsvSource({"mistral, completion, llama", "mxbai-embed-large, embedding, nomic-bert"})
    void modelTellsWhatItDoes(String model, String capability, String family) throws Exception {
        JsonNode shown = json(http.post("/api/show", "{\"model\":\"" + model + "\"}"));

        assertThat(shown.path("capabilities").get(0).asText()).isEqualTo(capability);
        assertThat(shown.path("details").path("family").asText()).isEqualTo(family);
        assertThat(shown.path("model_info").path(family + ".context_length").asInt())
                .isPositive();
    }

    @Test
    void unknownModelIsNotFoundInOllamasWords() throws Exception {
        assertThat(http.post("/api/show", "{\"model\":\"unknown-1\"}"))
                .startsWith("HTTP/1.1 404 ")
                .contains("{\"error\":\"model 'unknown-1' not found\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "Emma"               | 1 | 768
            ["Emma","Persuasion"] | 2 | 768
            "Emma","dimensions":64 | 1 | 64
            []                   | 0 | 0
            ""                   | 0 | 0
            """)
    void embedHasAVectorForEachText(String input, int vectors, int dimensions) throws Exception {
        JsonNode answer = json(http.post("/api/embed", "{\"model\":\"nomic-embed-text\",\"input\":" + input + "}"));

        assertThat(answer.path("embeddings")).hasSize(vectors);
        assertThat(answer.path("embeddings").path(0)).hasSize(dimensions);
        assertThat(answer.path("prompt_eval_count").isInt()).isTrue();
    }

    @Test
    void olderCallHasOneVector() throws Exception {
        JsonNode answer = json(http.post("/api/embeddings", "{\"model\":\"all-minilm\",\"prompt\":\"Emma\"}"));

        assertThat(answer.path("embedding")).hasSize(384);
    }

    @Test
    void inputThatIsNoTextIsRefused() throws Exception {
        assertThat(http.post("/api/embed", "{\"model\":\"all-minilm\",\"input\":[7]}"))
                .startsWith("HTTP/1.1 400 ")
                .contains("{\"error\":\"invalid input type\"}");
    }

    private static JsonNode json(String answer) throws IOException {
        return new ObjectMapper().readTree(RawHttp.body(answer));
    }
}
