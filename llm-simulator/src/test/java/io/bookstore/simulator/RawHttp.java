package io.bookstore.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sends requests as bytes and reads answers as bytes: no client library decides what a test may see. */
public record RawHttp(URI server) {

    /** The whole answer with its head; the connection is closed by the server after it. */
    public String post(String path, String body, String... headers) throws IOException {
        return exchange("POST", path, body, headers);
    }

    public String get(String path, String... headers) throws IOException {
        return exchange("GET", path, "", headers);
    }

    public String exchange(String method, String path, String body, String... headers) throws IOException {
        return exchange(request(method, path, body, headers));
    }

    /** Posts with a key as OpenAI's clients send it, and no other. */
    public String postToOpenAi(String path, String body, String header) throws IOException {
        return exchange(requestWithoutKey("POST", path, body, "authorization: Bearer any", header));
    }

    public String exchange(byte[] request) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public Socket open() throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        // Only an answer that never comes takes so long.
        socket.setSoTimeout(120_000);
        return socket;
    }

    /** A request with a key for every provider, and Anthropic's version. */
    public static byte[] request(String method, String path, String body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 4);
        all[headers.length] = "authorization: Bearer any";
        all[headers.length + 1] = "x-api-key: any";
        all[headers.length + 2] = "x-goog-api-key: any";
        all[headers.length + 3] = "anthropic-version: 2023-06-01";
        return requestWithoutKey(method, path, body, all);
    }

    public static byte[] requestWithoutKey(String method, String path, String body, String... headers) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nhost: simulator\r\nconnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("content-length: ").append(content.length).append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream(content.length + head.length());
        request.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        request.writeBytes(content);
        return request.toByteArray();
    }

    /** The part after the head. */
    public static String body(String answer) {
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        return answer.contains("transfer-encoding: chunked") ? unchunked(body) : body;
    }

    /** Reads one line without its end. */
    public static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static String unchunked(String chunked) {
        StringBuilder body = new StringBuilder();
        byte[] bytes = chunked.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            int end = at;
            while (bytes[end] != '\r') {
                end++;
            }
            int size = Integer.parseInt(new String(bytes, at, end - at, StandardCharsets.US_ASCII), 16);
            body.append(new String(bytes, end + 2, size, StandardCharsets.UTF_8));
            at = end + 2 + size + 2;
        }
        return body.toString();
    }
}
