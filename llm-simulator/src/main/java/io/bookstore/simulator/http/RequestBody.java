package io.bookstore.simulator.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the body of a request as a JSON object: a form (RFC 7578) becomes one of its fields. */
final class RequestBody {

    // Text after the document would be dropped without a word.
    private static final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(2 * LongBodyStream.MOST_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    // A field of an object in a form: expires_after[seconds].
    private static final Pattern member = Pattern.compile("(\\w+)\\[(\\w+)]");

    private RequestBody() {}

    /** The body; a missing node where there is none. */
    static JsonNode read(FullHttpRequest request) {
        ByteBuf content = request.content();
        if (HttpPostRequestDecoder.isMultipart(request)) {
            return form(request);
        }
        if (content.readableBytes() <= BodyLimits.PLAIN_BYTES) {
            return content.isReadable()
                    ? document(new ByteBufInputStream(content.duplicate()))
                    : MissingNode.getInstance();
        }
        // One at a time: the reader's own memory is several times that of the text.
        synchronized (json) {
            return document(new LongBodyStream(content.duplicate()));
        }
    }

    private static JsonNode document(InputStream in) {
        try (in) {
            JsonNode body = json.readTree(in);
            if (!body.isObject()) {
                throw new RefusedException(Kind.INVALID_REQUEST, "The request body is not a JSON object");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new RefusedException(
                    Kind.INVALID_REQUEST, "The request body is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new RefusedException(Kind.INVALID_REQUEST, "The request body could not be read");
        }
    }

    /** The fields of a form; a file is an object with its {@code filename}, {@code type} and the bytes of its {@code content}. */
    private static ObjectNode form(FullHttpRequest request) {
        ObjectNode fields = json.createObjectNode();
        HttpPostRequestDecoder form = null;
        try {
            form = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), request);
            for (InterfaceHttpData field : form.getBodyHttpDatas()) {
                if (field instanceof FileUpload file) {
                    fields.putObject(file.getName())
                            .put("filename", file.getFilename())
                            .put("type", file.getContentType())
                            .put("content", ByteBufUtil.getBytes(file.content()));
                } else if (field instanceof Attribute attribute) {
                    put(fields, attribute.getName(), attribute.getValue());
                }
            }
            return fields;
        } catch (IOException | DecoderException e) {
            throw new RefusedException(Kind.INVALID_REQUEST, "The request body is not a valid multipart form");
        } finally {
            if (form != null) {
                form.destroy();
            }
        }
    }

    private static void put(ObjectNode fields, String name, String value) {
        Matcher nested = member.matcher(name);
        if (!nested.matches()) {
            fields.put(name, value);
            return;
        }
        ObjectNode object =
                fields.get(nested.group(1)) instanceof ObjectNode before ? before : fields.putObject(nested.group(1));
        object.put(nested.group(2), value);
    }
}
