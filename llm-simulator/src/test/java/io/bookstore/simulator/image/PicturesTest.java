package io.bookstore.simulator.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.limit.Limits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture costs what its provider bills for it: in the answer, in the journal and in the buckets. */
class PicturesTest {

    private static final String PICTURE = picture(1_000, 1_000);
    private static final String PDF =
            base64("%PDF-1.4\n<</Type /Pages/Count 3>>\n" + "<</Type /Page/Parent 2 0 R>>\n".repeat(3));
    private static final String TEXT = base64("Jane Austen");

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    // PICTURE stands for the picture in base64. A message without it comes first.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/messages | {"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":[MORE{"type":"text","text":"Emma"}]}]} | {"type":"image","source":{"type":"base64","media_type":"image/png","data":"PICTURE"}}, | 1334
            /v1/messages | {"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":[MORE{"type":"text","text":"Emma"}]}]} | {"type":"image","source":{"type":"url","url":"https://example.com/a.png"}}, | 1399
            /v1/chat/completions | {"model":"gpt-4o","messages":[{"role":"user","content":[MORE{"type":"text","text":"Emma"}]}]} | {"type":"image_url","image_url":{"url":"data:image/png;base64,PICTURE"}}, | 765
            /v1/chat/completions | {"model":"gpt-4o","messages":[{"role":"user","content":[MORE{"type":"text","text":"Emma"}]}]} | {"type":"image_url","image_url":{"url":"data:image/png;base64,PICTURE","detail":"low"}}, | 85
            /v1/responses | {"model":"gpt-4.1-mini","input":[{"role":"user","content":[MORE{"type":"input_text","text":"Emma"}]}]} | {"type":"input_image","image_url":"data:image/png;base64,PICTURE"}, | 1659
            /v1/responses | {"model":"gpt-4o","input":[{"role":"user","content":[MORE{"type":"input_text","text":"Emma"}]}]} | {"type":"input_image","detail":"low","image_url":"https://example.com/a.png"}, | 85
            /v1beta/models/gemini-2.5-flash:generateContent | {"contents":[{"parts":[MORE{"text":"Emma"}]}]} | {"inlineData":{"mimeType":"image/png","data":"PICTURE"}}, | 1032
            /v1beta/models/gemini-2.5-flash:generateContent | {"contents":[{"parts":[MORE{"text":"Emma"}]}]} | {"file_data":{"mime_type":"image/png","file_uri":"https://example.com/a.png"}}, | 1032
            /model/anthropic.claude-3-haiku/converse | {"messages":[{"role":"user","content":[MORE{"text":"Emma"}]}]} | {"image":{"format":"png","source":{"bytes":"PICTURE"}}}, | 1334
            /api/chat | {"model":"llava","stream":false,"messages":[{"role":"user",MORE"content":"Emma"}]} | "images":["PICTURE"], | 576
            /api/generate | {"model":"llava","stream":false,MORE"prompt":"Emma"} | "images":["PICTURE"], | 576
            """)
    void picturesTokensAreAddedToThoseOfTheText(String path, String body, String picture, int tokens) throws Exception {
        assertThat(http.post(path, body.replace("MORE", ""))).startsWith("HTTP/1.1 200 ");
        String answer = http.post(path, body.replace("MORE", picture.replace("PICTURE", PICTURE)));

        List<Attempt> attempts = server.journal().attempts();
        assertThat(inputTokens(attempts.get(1)) - inputTokens(attempts.get(0))).isEqualTo(tokens);
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains(":" + inputTokens(attempts.get(1)) + ",");
    }

    // PDF stands for a document of three pages in base64, TEXT for "Jane Austen" in base64.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/messages | {"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":[MORE{"type":"text","text":"Emma"}]}]} | {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"PDF"}}, | 6300
            /v1/messages | {"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":[MORE{"type":"text","text":"Emma"}]}]} | {"type":"document","source":{"type":"text","media_type":"text/plain","data":"Jane Austen"}}, | 3
            /v1/messages | {"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":[MORE{"type":"text","text":"Emma"}]}]} | {"type":"document","title":"Jane Austen","source":{"type":"url","url":"https://example.com/a.pdf"}}, | 2103
            /v1/messages | {"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":[MORE{"type":"text","text":"Emma"}]}]} | {"type":"search_result","source":"Jane Austen","title":"Jane Austen","content":[{"type":"text","text":"Jane Austen"}]}, | 9
            /v1beta/models/gemini-2.5-flash:generateContent | {"contents":[{"parts":[MORE{"text":"Emma"}]}]} | {"inlineData":{"mimeType":"application/pdf","data":"PDF"}}, | 774
            /v1beta/models/gemini-2.5-flash:generateContent | {"contents":[{"parts":[MORE{"text":"Emma"}]}]} | {"inlineData":{"mimeType":"text/plain","data":"TEXT"}}, | 3
            /v1beta/models/gemini-2.5-flash:generateContent | {"contents":[{"parts":[MORE{"text":"Emma"}]}]} | {"fileData":{"mimeType":"audio/mp3","fileUri":"https://example.com/a.mp3"}}, | 1920
            /model/anthropic.claude-3-haiku/converse | {"messages":[{"role":"user","content":[MORE{"text":"Emma"}]}]} | {"document":{"format":"pdf","name":"Jane Austen","source":{"bytes":"PDF"}}}, | 6303
            /model/anthropic.claude-3-haiku/converse | {"messages":[{"role":"user","content":[MORE{"text":"Emma"}]}]} | {"document":{"format":"txt","name":"Jane Austen","source":{"text":"Jane Austen"}}}, | 6
            """)
    void documentsTokensAreAddedToThoseOfTheText(String path, String body, String document, int tokens)
            throws Exception {
        picturesTokensAreAddedToThoseOfTheText(
                path, body, document.replace("PDF", PDF).replace("TEXT", TEXT), tokens);
    }

    @Test
    void pictureInTheResultOfAToolCounts() throws Exception {
        String body =
                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"},"
                        + "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{}}]},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":["
                        + "MORE{\"type\":\"text\",\"text\":\"thanks\"}]}]}]}";

        picturesTokensAreAddedToThoseOfTheText(
                "/v1/messages",
                body,
                "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"PICTURE\"}},",
                1_334);
    }

    @Test
    void bucketOfInputTokensHasRoomForAsManyPicturesAsItsTokens() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.NONE.withInputTokensPerMinute(3_000)));

        assertThat(http.post("/v1/messages", anthropic())).startsWith("HTTP/1.1 200 ");
        assertThat(http.post("/v1/messages", anthropic())).startsWith("HTTP/1.1 200 ");
        assertThat(http.post("/v1/messages", anthropic())).startsWith("HTTP/1.1 429 ");
    }

    @Test
    void countOfTokensHasThePicture() throws Exception {
        assertThat(RawHttp.body(http.post("/v1/messages/count_tokens", anthropic())))
                .matches("\\{\"input_tokens\":134\\d\\}");
    }

    private static String anthropic() {
        return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":"
                + "\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"" + PICTURE
                + "\"}},{\"type\":\"text\",\"text\":\"Emma\"}]}]}";
    }

    private static int inputTokens(Attempt attempt) {
        return Objects.requireNonNull(attempt.result().tokens()).input();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String picture(int width, int height) {
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(picture.toByteArray());
    }
}
