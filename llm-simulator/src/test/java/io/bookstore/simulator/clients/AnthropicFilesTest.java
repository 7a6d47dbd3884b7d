package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.MultipartField;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.models.beta.files.BetaFileMetadata;
import com.anthropic.models.beta.files.FileListPage;
import com.anthropic.models.beta.files.FileListParams;
import com.anthropic.models.beta.files.FileUploadParams;
import com.anthropic.models.beta.messages.BetaContentBlockParam;
import com.anthropic.models.beta.messages.BetaFileDocumentSource;
import com.anthropic.models.beta.messages.BetaRequestDocumentBlock;
import com.anthropic.models.beta.messages.BetaTextBlockParam;
import com.anthropic.models.beta.messages.MessageCreateParams;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.answer.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anthropic's own client keeps files and names them in messages: https://docs.claude.com/en/docs/build-with-claude/files. */
class AnthropicFilesTest {

    private static final String BETA = "files-api-2025-04-14";
    private static final String TEXT = "Emma Woodhouse, handsome, clever, and rich";
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final AnthropicClient client = AnthropicOkHttpClient.builder()
            .baseUrl(server.baseUrl().toString())
            .apiKey("any")
            .putHeader("anthropic-beta", BETA)
            .maxRetries(0)
            .build();
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void startOver() {
        server.reset();
    }

    @Test
    void fileIsKeptUntilItIsDeleted() {
        BetaFileMetadata file = upload("emma.txt");

        assertThat(file.id()).startsWith("file_01");
        assertThat(file.filename()).isEqualTo("emma.txt");
        assertThat(file.mimeType()).isEqualTo("text/plain");
        assertThat(file.sizeBytes()).isEqualTo(TEXT.length());
        assertThat(file.downloadable()).contains(false);
        assertThat(client.beta().files().retrieveMetadata(file.id())).isEqualTo(file);
        assertThat(client.beta().files().delete(file.id()).id()).isEqualTo(file.id());
        assertThatThrownBy(() -> client.beta().files().retrieveMetadata(file.id()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("File not found: " + file.id());
    }

    @Test
    void newestFilesAreListedFirst() {
        BetaFileMetadata first = upload("a.txt");
        BetaFileMetadata last = upload("b.txt");

        FileListPage page =
                client.beta().files().list(FileListParams.builder().limit(1).build());

        assertThat(page.data()).containsExactly(last);
        assertThat(page.nextPage().data()).containsExactly(first);
        assertThat(page.nextPage().hasNextPage()).isFalse();
    }

    @Test
    void fileExpiresWhenItIsAskedTo() {
        BetaFileMetadata file = client.beta()
                .files()
                .upload(params("emma.txt").expiresInSeconds(3_600).build());

        assertThat(file.expiresAt()).contains(file.createdAt().plusHours(1));
    }

    @Test
    void uploadedFileIsNotSentBack() {
        BetaFileMetadata file = upload("emma.txt");

        assertThatThrownBy(() -> client.beta().files().download(file.id()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("is not downloadable");
    }

    @Test
    void messageCountsTheFileThatItNames() {
        BetaFileMetadata file = upload("emma.txt");

        assertThat(inputTokens(file.id()) - inputTokens("")).isEqualTo(Tokenizer.count(TEXT));
        assertThatThrownBy(() -> inputTokens("file_gone"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("File not found: file_gone");
    }

    @Test
    void withoutTheHeaderThereAreNoFiles() throws Exception {
        assertThat(http.get("/v1/files", "anthropic-version: 2023-06-01")).startsWith("HTTP/1.1 404 ");
        assertThat(http.post(
                        "/v1/messages",
                        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":["
                                + "{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}]}]}"))
                .startsWith("HTTP/1.1 400 ")
                .contains(
                        "messages.0.content.0.document.source: Input tag 'file' found using 'type' does not match any of"
                                + " the expected tags: 'base64', 'content', 'text', 'url'");
    }

    @Test
    void impossibleNameIsRefused() {
        assertThatThrownBy(() -> upload("a|b.txt"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Invalid filename");
    }

    private static BetaFileMetadata upload(String name) {
        return client.beta().files().upload(params(name).build());
    }

    private static FileUploadParams.Builder params(String name) {
        return FileUploadParams.builder()
                .file(MultipartField.<InputStream>builder()
                        .value(new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.UTF_8)))
                        .filename(name)
                        .build());
    }

    /** @param file empty for none */
    private static long inputTokens(String file) {
        List<BetaContentBlockParam> content = new ArrayList<>();
        if (!file.isEmpty()) {
            content.add(BetaContentBlockParam.ofDocument(BetaRequestDocumentBlock.builder()
                    .source(BetaFileDocumentSource.builder().fileId(file).build())
                    .build()));
        }
        content.add(BetaContentBlockParam.ofText(
                BetaTextBlockParam.builder().text("Emma").build()));
        return client.beta()
                .messages()
                .create(MessageCreateParams.builder()
                        .model("claude-sonnet-4-5")
                        .maxTokens(500)
                        .addUserMessageOfContentBlockParams(content)
                        .build())
                .usage()
                .inputTokens();
    }
}
