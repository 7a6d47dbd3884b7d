package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.batches.BatchCreateParams.Endpoint;
import com.openai.models.batches.BatchListParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.limit.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches and files of OpenAI: each request is answered as it would be alone, by the clock of the batch. */
class OpenAiBatchesTest {

    private static final String BODY =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize Emma\"}]}";
    private static final ObjectMapper json = new ObjectMapper();
    private static final HandClock clock = new HandClock();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"), clock);
    private static final RawHttp http = new RawHttp(server.baseUrl());
    private static final OpenAIClient openAi = OpenAiSdk.of(server);

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        openAi.close();
        server.close();
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    @Test
    void fileIsUploadedShownAndDeleted() throws Exception {
        FileObject file = upload("{\"é\":1}\n");

        assertThat(file.bytes()).isEqualTo(9);
        assertThat(openAi.files().retrieve(file.id())).isEqualTo(file);
        assertThat(content(file.id())).isEqualTo("{\"é\":1}\n");
        assertThat(openAi.files().list().data()).containsExactly(file);
        assertThat(openAi.files().delete(file.id()).deleted()).isTrue();
        assertThatThrownBy(() -> openAi.files().retrieve(file.id()))
                .hasMessageContaining("No such File object: " + file.id());
    }

    @Test
    void requestIsAnsweredAsItWouldBeAlone() throws Exception {
        JsonNode alone = json.readTree(RawHttp.body(http.post("/v1/chat/completions", BODY)));
        server.reset();

        Batch batch = openAi.batches().retrieve(create(line("a", BODY)).id());

        assertThat(batch.status()).isEqualTo(Batch.Status.COMPLETED);
        assertThat(batch.errorFileId()).isEmpty();
        JsonNode line = json.readTree(content(batch.outputFileId().orElseThrow()));
        assertThat(line.path("custom_id").asText()).isEqualTo("a");
        assertThat(line.at("/response/status_code").asInt()).isEqualTo(200);
        assertThat(line.at("/response/body")).isEqualTo(alone);
        assertThat(server.journal().attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.asked().batch()).isEqualTo(batch.id());
            assertThat(Objects.requireNonNull(attempt.result().tokens()).output())
                    .isEqualTo(alone.at("/usage/completion_tokens").asInt());
        });
    }

    @Test
    void refusedRequestsAreInTheFileOfErrors() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(1)));
        Batch batch = openAi.batches()
                .retrieve(create(
                                line("good", BODY),
                                line("same", BODY),
                                line("unknown", BODY.replace("gpt-4o-mini", "unknown-1")),
                                line("stream", BODY.replace("{\"model\"", "{\"stream\":true,\"model\"")))
                        .id());

        assertThat(batch.requestCounts()).hasValueSatisfying(counts -> {
            assertThat(counts.total()).isEqualTo(4);
            assertThat(counts.completed()).isEqualTo(2);
            assertThat(counts.failed()).isEqualTo(2);
        });
        assertThat(content(batch.errorFileId().orElseThrow()).lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .contains("\"custom_id\":\"unknown\"", "\"status_code\":404", "`unknown-1` does not exist"))
                .anySatisfy(line -> assertThat(line)
                        .contains("\"custom_id\":\"stream\"", "\"status_code\":400", "A batch does not stream."));
        assertThat(server.verdicts())
                .allSatisfy(verdict -> assertThat(verdict.toString()).doesNotContain("FAIL"));
    }

    @Test
    void eightRequestsRunAtATime() throws Exception {
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));
        Batch created = create(lines(17));
        assertThat(created.status()).isEqualTo(Batch.Status.VALIDATING);

        assertThat(openAi.batches().retrieve(created.id()).status()).isEqualTo(Batch.Status.IN_PROGRESS);
        clock.forward(Duration.ofMillis(1_000));
        assertThat(openAi.batches()
                        .retrieve(created.id())
                        .requestCounts()
                        .orElseThrow()
                        .completed())
                .isEqualTo(16);
        assertThat(server.journal().attempts()).hasSize(16).last().satisfies(attempt -> {
            assertThat(attempt.waiting()).isEqualTo(new Attempt.Waiting(500, 0, 1));
            assertThat(attempt.actual().durationMs()).isEqualTo(1_000);
        });
        clock.forward(Duration.ofMillis(500));

        Batch ended = openAi.batches().retrieve(created.id());
        assertThat(ended.status()).isEqualTo(Batch.Status.COMPLETED);
        assertThat(content(ended.outputFileId().orElseThrow()).lines()).hasSize(17);
    }

    @Test
    void cancellationLetsTheRequestsUnderWayEnd() throws Exception {
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));
        Batch created = create(lines(17));

        assertThat(openAi.batches().cancel(created.id()).status()).isEqualTo(Batch.Status.CANCELLING);
        clock.forward(Duration.ofMillis(500));

        Batch ended = openAi.batches().retrieve(created.id());
        assertThat(ended.status()).isEqualTo(Batch.Status.CANCELLED);
        assertThat(content(ended.outputFileId().orElseThrow()).lines()).hasSize(8);
        assertThat(server.journal().attempts())
                .extracting(attempt -> attempt.result().outcome())
                .filteredOn(outcome -> outcome == Outcome.ABANDONED)
                .hasSize(9);
        assertThatThrownBy(() -> openAi.batches().cancel(created.id()))
                .hasMessageContaining("Cannot cancel a batch with status 'cancelled'.");
    }

    @Test
    void wrongLineFailsTheWholeBatch() throws Exception {
        Batch batch = openAi.batches()
                .retrieve(create(
                                line("a", BODY),
                                "no JSON",
                                line("a", BODY),
                                line("b", BODY).replace("chat/completions", "responses"),
                                line("c", BODY).replace("POST", "GET"),
                                line("d", "7"),
                                "{\"custom_id\":\"e\"}")
                        .id());

        assertThat(batch.status()).isEqualTo(Batch.Status.FAILED);
        assertThat(batch.errors().orElseThrow().data().orElseThrow())
                .extracting(
                        error -> error.line().orElseThrow() + " " + error.code().orElseThrow())
                .containsExactly(
                        "2 invalid_json_line",
                        "3 duplicate_custom_id",
                        "4 invalid_url",
                        "5 invalid_method",
                        "6 invalid_type",
                        "7 missing_required_parameter");
        assertThat(server.journal().attempts()).isEmpty();
    }

    @Test
    void batchesAreListedInPagesTheNewestFirst() throws Exception {
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(i -> createUnchecked("{\"empty\":" + i + "}").id())
                .toList();

        assertThat(openAi.batches()
                        .list(BatchListParams.builder().limit(2).build())
                        .autoPager())
                .extracting(Batch::id)
                .containsExactly(ids.get(2), ids.get(1), ids.get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                                  | 400 | Missing required parameter: 'input_file_id'.
            {"input_file_id":"f","endpoint":"/v1/images","completion_window":"24h"}             | 400 | Invalid value: '/v1/images'. Supported values are: '/v1/responses'
            {"input_file_id":"f","endpoint":"/v1/responses","completion_window":"1h"}           | 400 | Invalid value: '1h'. Supported values are: '24h'.
            {"input_file_id":"f","endpoint":"/v1/responses","completion_window":"24h"}          | 404 | No such File object: f
            {"wizard":1}                                                                        | 400 | Unknown parameter: 'wizard'.
            """)
    void wrongBatchIsRefusedInOpenAisWords(String body, int status, String words) throws Exception {
        assertThat(http.post("/v1/batches", body))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            batch     | a.txt   | Invalid file format for Batch API. Must be .jsonl
            answers   | a.jsonl | 'answers' is not one of ['fine-tune', 'assistants', 'batch'
            """)
    void wrongFileIsRefused(String purpose, String name, String words) throws Exception {
        String form = "--x\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose
                + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n{}\r\n--x--\r\n";

        assertThat(http.postToOpenAi("/v1/files", form, "content-type: multipart/form-data; boundary=x"))
                .startsWith("HTTP/1.1 400 ")
                .contains(words);
        assertThat(http.postToOpenAi("/v1/files", form, "content-type: multipart/form-data"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(http.postToOpenAi("/v1/files", "{}", "accept: */*"))
                .contains("Missing required parameter: 'purpose'.");
    }

    @Test
    void moreRequestsThanOneBatchTakesAreRefused() throws Exception {
        String many = IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> "{\"custom_id\":\"" + i + "\",\"params\":{}}")
                .collect(Collectors.joining(","));

        assertThat(http.post("/v1/messages/batches", "{\"requests\":[" + many + "]}"))
                .contains("llm-simulator takes 10000 requests in a batch at most, not 10001");
        assertThat(openAi.batches()
                        .retrieve(create(lines(10_001)).id())
                        .errors()
                        .orElseThrow()
                        .data()
                        .orElseThrow())
                .singleElement()
                .satisfies(error -> assertThat(error.message().orElseThrow()).contains("10000 requests"));
    }

    private FileObject upload(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("batch.jsonl"), content);
        return openAi.files()
                .create(FileCreateParams.builder()
                        .purpose(FilePurpose.BATCH)
                        .file(file)
                        .build());
    }

    private Batch create(String... lines) throws IOException {
        return openAi.batches()
                .create(BatchCreateParams.builder()
                        .inputFileId(upload(String.join("\n", lines)).id())
                        .endpoint(Endpoint.V1_CHAT_COMPLETIONS)
                        .completionWindow(BatchCreateParams.CompletionWindow._24H)
                        .build());
    }

    private Batch createUnchecked(String line) {
        try {
            return create(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] lines(int number) {
        return IntStream.range(0, number).mapToObj(i -> line("r" + i, BODY)).toArray(String[]::new);
    }

    private static String line(String customId, String body) {
        return "{\"custom_id\":\"" + customId + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
                + body + "}";
    }

    private static String content(String file) throws IOException {
        try (var content = openAi.files().content(file)) {
            return new String(content.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
