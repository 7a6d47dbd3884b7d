package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.genai.Client;
import com.google.genai.types.EmbedContentConfig;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.wire.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Retrieval works against the simulator: of twenty passages the one that answers the question ranks first. */
class RagRankingTest {

    private static final List<String> PASSAGES = List.of(
            "Captain Ahab hunts the white whale across the oceans in a ship of many nations.",
            "Emma Woodhouse arranges marriages in her village and errs about her own heart.",
            "A knight of La Mancha fights windmills, which he takes for giants.",
            "Elizabeth Bennet dislikes Mr. Darcy at a ball and learns to know him by letters.",
            "A monster made by a student of medicine follows its maker to the ice of the north.",
            "The count lives in a castle in Transylvania and fears garlic and daylight.",
            "Heathcliff returns rich to the moors and takes revenge on two families.",
            "A governess falls in love with the master of Thornfield Hall and hears laughter at night.",
            "Phileas Fogg wagers that he can travel around the world in eighty days.",
            "An orphan in the workhouse asks for more gruel and joins a gang of pickpockets.",
            "Three ghosts show a miser the Christmas of the past, the present and the future.",
            "A boy and a runaway slave float down the Mississippi on a raft.",
            "Jim Hawkins finds a map of an island with buried treasure and sails with pirates.",
            "A detective in Baker Street explains the mystery of a hound on the moor.",
            "Gulliver is tied to the ground by people six inches tall.",
            "A castaway builds a house on an island and meets Friday.",
            "Anna leaves her husband for an officer and ends under a train.",
            "A student kills a pawnbroker in Petersburg and is haunted by his guilt.",
            "A clerk wakes up one morning as a giant insect in his bed.",
            "Alice follows a rabbit into a hole and plays croquet with a queen.");

    private static final Map<String, Integer> QUESTIONS = Map.of(
            "Who hunts the white whale?", 0,
            "Which book has windmills that are taken for giants?", 2,
            "What does the miser learn from the ghosts of Christmas?", 10,
            "Is there a story about buried treasure and pirates?", 12,
            "Who wakes up as an insect?", 18);

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    @BeforeEach
    void forget() {
        server.reset();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** LangChain4j's models, each with its own request. */
    enum Provider {
        OPENAI {
            @Override
            EmbeddingModel model() {
                return OpenAiEmbeddingModel.builder()
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("any")
                        .modelName("text-embedding-3-small")
                        .build();
            }
        },
        OPENAI_SHORT {
            @Override
            EmbeddingModel model() {
                return OpenAiEmbeddingModel.builder()
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("any")
                        .modelName("text-embedding-3-large")
                        .dimensions(256)
                        .build();
            }
        },
        OLLAMA {
            @Override
            EmbeddingModel model() {
                return OllamaEmbeddingModel.builder()
                        .baseUrl(server.baseUrl().toString())
                        .modelName("nomic-embed-text")
                        .build();
            }
        },
        GEMINI {
            @Override
            EmbeddingModel model() {
                return GoogleAiEmbeddingModel.builder()
                        .baseUrl(server.baseUrl() + "/v1beta")
                        .apiKey("any")
                        .modelName("gemini-embedding-001")
                        .build();
            }
        };

        abstract EmbeddingModel model();
    }

    @ParameterizedTest
    @EnumSource
    void passageWithTheWordsOfTheQuestionRanksFirst(Provider provider) {
        EmbeddingModel model = provider.model();
        List<Embedding> passages = model.embedAll(
                        PASSAGES.stream().map(TextSegment::from).toList())
                .content();

        QUESTIONS.forEach((question, answer) -> assertThat(
                        best(passages, model.embed(question).content()))
                .as(question)
                .isEqualTo(answer));
    }

    @Test
    void openAisClientReadsBothEncodings() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("any")
                .build();
        EmbeddingCreateParams.Builder params = EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .inputOfArrayOfStrings(List.of("Emma", "Persuasion"));

        var compressed = client.embeddings().create(params.build());
        var plain = client.embeddings()
                .create(params.encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                        .build());

        assertThat(compressed.data()).hasSize(2);
        assertThat(compressed.data().get(0).embedding()).hasSize(1_536);
        assertThat(plain.data().get(1).embedding())
                .isEqualTo(compressed.data().get(1).embedding());
        assertThat(plain.usage().promptTokens()).isPositive();
    }

    @Test
    void googlesClientReadsAVectorForEachText() {
        try (Client client = GeminiClient.sdk(server.baseUrl())) {
            var response = client.models.embedContent(
                    "gemini-embedding-001",
                    List.of("Emma", "Persuasion"),
                    EmbedContentConfig.builder().outputDimensionality(768).build());

            assertThat(response.embeddings().orElseThrow())
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each.values().orElseThrow()).hasSize(768));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amazon.titan-embed-text-v2:0", "amazon.titan-embed-text-v1"})
    void titanRanksThroughAwssClient(String model) throws Exception {
        try (BedrockRuntimeClient client = BedrockRuntimeClient.builder()
                .httpClientBuilder(BedrockClient.patient())
                .endpointOverride(server.baseUrl())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build()) {
            List<Embedding> passages = new ArrayList<>();
            for (String passage : PASSAGES) {
                passages.add(titan(client, model, passage));
            }

            assertThat(best(passages, titan(client, model, "Who hunts the white whale?")))
                    .isZero();
            assertThat(passages.get(0).dimension()).isEqualTo(model.endsWith("v1") ? 1_536 : 1_024);
        }
        Attempt attempt = server.journal().attempts().get(0);
        assertThat(attempt.asked()).isEqualTo(new Attempt.Asked("bedrock", Operation.EMBEDDINGS, model, false));
        assertThat(attempt.result().tokens()).isNotNull();
    }

    private static Embedding titan(BedrockRuntimeClient client, String model, String text) throws Exception {
        String body = new ObjectMapper().writeValueAsString(Map.of("inputText", text));
        JsonNode answer = new ObjectMapper()
                .readTree(client.invokeModel(request -> request.modelId(model).body(SdkBytes.fromUtf8String(body)))
                        .body()
                        .asUtf8String());
        assertThat(answer.get("inputTextTokenCount").asInt()).isPositive();
        List<Float> vector = new ArrayList<>();
        answer.get("embedding").forEach(number -> vector.add(number.floatValue()));
        return Embedding.from(vector);
    }

    private static int best(List<Embedding> passages, Embedding question) {
        return IntStream.range(0, passages.size())
                .boxed()
                .max(Comparator.comparingDouble(i -> CosineSimilarity.between(passages.get(i), question)))
                .orElseThrow();
    }
}
