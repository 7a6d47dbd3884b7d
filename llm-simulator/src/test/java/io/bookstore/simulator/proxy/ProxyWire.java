package io.bookstore.simulator.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Both ends of a proxy, byte by byte. */
final class ProxyWire {

    private ProxyWire() {}

    /** A socket of an upstream, which waits two minutes for the proxy at most. */
    static ServerSocket listen() throws IOException {
        ServerSocket upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        upstream.setSoTimeout(120_000);
        return upstream;
    }

    static URI url(ServerSocket upstream) {
        return URI.create("http://127.0.0.1:" + upstream.getLocalPort());
    }

    static URI url(ProxyServer server) {
        return URI.create("http://127.0.0.1:" + server.address().getPort());
    }

    /** The head of a request, whose body is read too. */
    static String readRequest(Socket provider) throws IOException {
        String head = readUntil(provider.getInputStream(), "\r\n\r\n");
        int length = head.contains("content-length: ")
                ? Integer.parseInt(head.split("content-length: ")[1].split("\r")[0])
                : 0;
        provider.getInputStream().readNBytes(length);
        return head;
    }

    static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("Ended after: " + text);
            }
            text.append((char) c);
        }
        return text.toString();
    }
}
