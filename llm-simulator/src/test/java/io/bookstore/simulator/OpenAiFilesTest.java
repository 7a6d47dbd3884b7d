package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPart.File.FileObject;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileListParams;
import com.openai.models.files.FilePurpose;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputFile;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputItem.Message;
import io.bookstore.simulator.answer.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's own client keeps files of every purpose, asks about them, and the tokens of what it sends along are counted. */
class OpenAiFilesTest {

    private static final String TEXT = "Emma Woodhouse, handsome, clever, and rich";
    private static final byte[] PDF = pdf(3);
    private static final int PAGE = 1_000 + 765; // the assumed words of a page, and its picture as gpt-4o counts it
    private static final byte[] DOT = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final OpenAIClient openAi = OpenAiSdk.of(server);
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void startOver() {
        server.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"assistants", "batch", "fine-tune", "vision", "user_data"})
    void fileOfAnyPurposeIsKeptUntilItIsDeleted(String purpose) {
        var file = upload(purpose, "a.jsonl", PDF);

        assertThat(file.bytes()).isEqualTo(PDF.length);
        assertThat(file.purpose().asString()).isEqualTo(purpose);
        assertThat(file.expiresAt().isPresent()).isEqualTo(purpose.equals("batch"));
        assertThat(openAi.files().retrieve(file.id())).isEqualTo(file);
        assertThat(openAi.files().delete(file.id()).deleted()).isTrue();
        assertThatThrownBy(() -> openAi.files().retrieve(file.id()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No such File object: " + file.id());
    }

    /** The client's list of purposes of a file that is kept lacks this one. */
    @Test
    void fileOfEvaluationsIsKeptToo() throws Exception {
        String form =
                "--x\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nevals\r\n--x\r\nContent-Disposition:"
                        + " form-data; name=\"file\"; filename=\"a.jsonl\"\r\n\r\n{}\r\n--x--\r\n";

        assertThat(http.postToOpenAi("/v1/files", form, "content-type: multipart/form-data; boundary=x"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"bytes\":2,", "\"expires_at\":null,\"filename\":\"a.jsonl\",\"purpose\":\"evals\"");
    }

    @Test
    void listHasTheFilesOfOnePurposeInEitherOrder() {
        var first = upload("user_data", "a.pdf", PDF);
        upload("vision", "b.png", DOT);
        var last = upload("user_data", "c.pdf", PDF);
        FileListParams.Builder params = FileListParams.builder().purpose("user_data");

        assertThat(openAi.files().list(params.build()).data()).containsExactly(last, first);
        assertThat(openAi.files()
                        .list(params.order(FileListParams.Order.ASC).build())
                        .data())
                .containsExactly(first, last);
    }

    @Test
    void bytesOfAPictureComeBackAsTheyWere() throws Exception {
        var file = upload("vision", "dot.png", DOT);

        try (HttpResponse content = openAi.files().content(file.id());
                InputStream body = content.body()) {
            assertThat(body.readAllBytes()).isEqualTo(DOT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"assistants", "user_data"})
    void documentsAreNotSentBack(String purpose) {
        var file = upload(purpose, "a.pdf", PDF);

        assertThatThrownBy(() -> openAi.files().content(file.id()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Not allowed to download files of purpose: " + purpose);
    }

    @Test
    void expiryIsTheOneThatIsAskedFor() {
        var file = openAi.files()
                .create(FileCreateParams.builder()
                        .purpose(FilePurpose.USER_DATA)
                        .file(field("a.pdf", PDF))
                        .expiresAfter(FileCreateParams.ExpiresAfter.builder()
                                .seconds(3_600)
                                .build())
                        .build());

        assertThat(file.expiresAt().orElseThrow() - file.createdAt()).isEqualTo(3_600);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            purpose=answers | 'answers' is not one of ['fine-tune', 'assistants', 'batch', 'user_data', 'responses', 'vision', 'evals'] - 'purpose'
            purpose=fine-tune | Invalid file format for Fine-Tuning API. Must be .jsonl
            purpose=user_data,expires_after[anchor]=now,expires_after[seconds]=3600 | Invalid value: 'now'. Supported values are: 'created_at'.
            purpose=user_data,expires_after[anchor]=created_at,expires_after[seconds]=60 | Invalid 'expires_after.seconds': integer below minimum value. Expected a value >= 3600, but got 60 instead.
            purpose=user_data,expires_after[anchor]=created_at,expires_after[seconds]=2592001 | Invalid 'expires_after.seconds': integer above maximum value. Expected a value <= 2592000, but got 2592001 instead.
            purpose=user_data,wizard=1 | Unknown parameter: 'wizard'.
            """)
    void wrongUploadIsRefused(String fields, String words) throws Exception {
        StringBuilder form = new StringBuilder("--x\r\nContent-Disposition: form-data; name=\"file\";"
                + " filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nEmma\r\n");
        for (String field : fields.split(",")) {
            form.append("--x\r\nContent-Disposition: form-data; name=\"")
                    .append(field.replace("=", "\"\r\n\r\n"))
                    .append("\r\n");
        }

        assertThat(http.postToOpenAi("/v1/files", form + "--x--\r\n", "content-type: multipart/form-data; boundary=x"))
                .startsWith("HTTP/1.1 400 ")
                .contains(words);
    }

    @Test
    void responseCountsTheFileThatItIsGiven() {
        var text = upload("user_data", "emma.txt", TEXT.getBytes(StandardCharsets.UTF_8));
        var pdf = upload("user_data", "emma.pdf", PDF);
        var picture = upload("vision", "dot.png", DOT);

        long words = ask(ResponseInputFile.builder().fileId(text.id()).build());
        long pages = ask(ResponseInputFile.builder().fileId(pdf.id()).build());
        long inline = ask(ResponseInputFile.builder()
                .filename("emma.pdf")
                .fileData("data:application/pdf;base64," + Base64.getEncoder().encodeToString(PDF))
                .build());
        long address = ask(ResponseInputFile.builder()
                .fileUrl("https://example.com/emma.pdf")
                .build());
        long dot = inputTokens(Message.builder()
                .role(Message.Role.USER)
                .addContent(ResponseInputImage.builder()
                        .fileId(picture.id())
                        .detail(ResponseInputImage.Detail.HIGH)
                        .build())
                .addInputTextContent("Emma")
                .build());
        long none = inputTokens(Message.builder()
                .role(Message.Role.USER)
                .addInputTextContent("Emma")
                .build());

        assertThat(words - none).isEqualTo(Tokenizer.count(TEXT));
        assertThat(pages - none).isEqualTo(3 * PAGE);
        assertThat(inline).isEqualTo(pages);
        assertThat(address - none).isEqualTo(PAGE);
        assertThat(dot - none).isEqualTo(85 + 170);
    }

    @Test
    void chatCountsTheFileThatItIsGiven() {
        var pdf = upload("user_data", "emma.pdf", PDF);

        long with = promptTokens(List.of(text(), file(pdf.id())));

        assertThat(with - promptTokens(List.of(text()))).isEqualTo(3 * PAGE);
        assertThatThrownBy(() -> promptTokens(List.of(file("file-gone"))))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No such File object: file-gone");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"file","file":{}} | Missing required parameter: 'messages[0].content[0].file.file_id'.
            {"type":"file","file":{"file_data":"aGVsbG8="}} | Invalid 'messages[0].content[0].file.file_data'. Expected a base64-encoded data URL with an application/pdf MIME type (e.g. 'data:application/pdf;base64,aGVsbG8='), but got a value without the 'data:' prefix.
            """)
    void fileThatIsNoneIsRefused(String part, String words) throws Exception {
        String answer = http.post(
                "/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[" + part + "]}]}");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains(words);
    }

    private static com.openai.models.files.FileObject upload(String purpose, String name, byte[] content) {
        return openAi.files()
                .create(FileCreateParams.builder()
                        .purpose(FilePurpose.of(purpose))
                        .file(field(name, content))
                        .build());
    }

    private static MultipartField<InputStream> field(String name, byte[] content) {
        return MultipartField.<InputStream>builder()
                .value(new ByteArrayInputStream(content))
                .filename(name)
                .build();
    }

    private static long ask(ResponseInputFile file) {
        return inputTokens(Message.builder()
                .role(Message.Role.USER)
                .addContent(file)
                .addInputTextContent("Emma")
                .build());
    }

    private static long inputTokens(Message message) {
        return openAi.responses()
                .create(ResponseCreateParams.builder()
                        .model("gpt-4o")
                        .inputOfResponse(List.of(ResponseInputItem.ofMessage(message)))
                        .build())
                .usage()
                .orElseThrow()
                .inputTokens();
    }

    private static ChatCompletionContentPart text() {
        return ChatCompletionContentPart.ofText(
                ChatCompletionContentPartText.builder().text("Emma").build());
    }

    private static ChatCompletionContentPart file(String id) {
        return ChatCompletionContentPart.ofFile(ChatCompletionContentPart.File.builder()
                .file(FileObject.builder().fileId(id).build())
                .build());
    }

    private static long promptTokens(List<ChatCompletionContentPart> parts) {
        return openAi.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o")
                        .addUserMessageOfArrayOfContentParts(parts)
                        .build())
                .usage()
                .orElseThrow()
                .promptTokens();
    }

    /** The objects of a document of so many pages, as the PDF reference (ISO 32000-1, 7.7) has them. */
    private static byte[] pdf(int pages) {
        StringBuilder pdf =
                new StringBuilder("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\n"
                        + "endobj\n2 0 obj\n<</Type /Pages/Count " + pages + ">>\nendobj\n");
        for (int i = 0; i < pages; i++) {
            pdf.append(3 + i).append(" 0 obj\n<</Type /Page/Parent 2 0 R/MediaBox[0 0 612 792]>>\nendobj\n");
        }
        return pdf.append("%%EOF\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
