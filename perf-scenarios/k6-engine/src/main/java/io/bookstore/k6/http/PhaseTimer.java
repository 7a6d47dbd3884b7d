package io.bookstore.k6.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Notes when each phase of one request began and ended; 0 stands for "did not happen". */
final class PhaseTimer extends EventListener {
    private long start;
    private long connectStart;
    private long connectEnd;
    private long tlsStart;
    private long tlsEnd;
    private long acquired;
    private long requestEnd;
    private long responseStart;
    private @Nullable InetSocketAddress remote;

    @Override
    public void callStart(Call call) {
        start = System.nanoTime();
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        connectStart = System.nanoTime();
    }

    @Override
    public void secureConnectStart(Call call) {
        tlsStart = System.nanoTime();
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        tlsEnd = System.nanoTime();
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        connectEnd = System.nanoTime();
    }

    @Override
    public void connectFailed(
            Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol, IOException problem) {
        connectEnd = System.nanoTime();
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        acquired = System.nanoTime();
        remote = (InetSocketAddress) connection.socket().getRemoteSocketAddress();
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
        requestEnd = System.nanoTime();
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        requestEnd = System.nanoTime();
    }

    @Override
    public void responseHeadersStart(Call call) {
        responseStart = System.nanoTime();
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        if (responseStart == 0) {
            responseStart = System.nanoTime();
        }
    }

    @Nullable
    InetSocketAddress remote() {
        return remote;
    }

    /** @param error null unless the exchange broke off; a refused connection counts as 0, a timeout as what it took */
    Timings timings(long end, @Nullable NetworkError error) {
        double blocked = acquired == 0 ? 0 : millis(start, acquired);
        double tls = millis(tlsStart, tlsEnd);
        double connecting = Math.max(0, millis(connectStart, connectEnd) - tls);
        if (acquired == 0) {
            double waited = NetworkError.TIMEOUT.equals(error) ? millis(start, end) : 0;
            return new Timings(blocked, connecting, tls, 0, waited, 0);
        }
        double sending = requestEnd == 0 ? 0 : millis(acquired, requestEnd);
        long sent = requestEnd == 0 ? acquired : requestEnd;
        if (error != null && responseStart == 0) {
            return new Timings(blocked, connecting, tls, sending, millis(sent, end), 0);
        }
        return new Timings(blocked, connecting, tls, sending, millis(sent, responseStart), millis(responseStart, end));
    }

    private static double millis(long from, long to) {
        return from == 0 || to <= from ? 0 : (to - from) / 1e6;
    }
}
