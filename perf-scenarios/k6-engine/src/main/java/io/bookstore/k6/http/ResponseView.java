package io.bookstore.k6.http;

import java.net.InetSocketAddress;
import org.graalvm.polyglot.HostAccess;
import org.jspecify.annotations.Nullable;

/** A response as the module {@code k6/http} reads it: fields, because each look-up from the script costs. */
public final class ResponseView {
    @HostAccess.Export
    public final int status;

    @HostAccess.Export
    public final String statusText;

    @HostAccess.Export
    public final String url;

    @HostAccess.Export
    public final @Nullable Object body;

    @HostAccess.Export
    public final boolean binary;

    /** Name, value, name, value… */
    @HostAccess.Export
    public final String[] headers;

    @HostAccess.Export
    public final String error;

    @HostAccess.Export
    public final int errorCode;

    @HostAccess.Export
    public final String proto;

    /** duration, blocked, connecting, tls_handshaking, sending, waiting, receiving. */
    @HostAccess.Export
    public final double[] timings;

    @HostAccess.Export
    public final String remoteIp;

    @HostAccess.Export
    public final int remotePort;

    @HostAccess.Export
    public final String tlsVersion;

    private final @Nullable HttpAnswer answer;

    ResponseView(
            HttpAnswer answer,
            Hop hop,
            String statusText,
            @Nullable Object body,
            String[] headers,
            String error,
            int errorCode,
            @Nullable InetSocketAddress remote) {
        this.answer = answer;
        this.status = hop.status();
        this.statusText = statusText;
        this.url = hop.url();
        this.body = body;
        this.binary = body != null && !(body instanceof String);
        this.headers = headers;
        this.error = error;
        this.errorCode = errorCode;
        this.proto = hop.proto() == null ? "" : hop.proto();
        Timings phases = hop.timings();
        this.timings = new double[] {
            phases.duration(),
            phases.blocked(),
            phases.connecting(),
            phases.tlsHandshaking(),
            phases.sending(),
            phases.waiting(),
            phases.receiving()
        };
        this.remoteIp = remote == null ? "" : remote.getAddress().getHostAddress();
        this.remotePort = remote == null ? 0 : remote.getPort();
        this.tlsVersion = hop.tlsVersion() == null ? "" : hop.tlsVersion();
    }

    /** The response to a request that was never sent. */
    public ResponseView(String url, InvalidRequest problem) {
        this.answer = null;
        this.status = 0;
        this.statusText = "";
        this.url = url;
        this.body = null;
        this.binary = false;
        this.headers = new String[0];
        this.error = problem.message();
        this.errorCode = problem.code();
        this.proto = "";
        this.timings = new double[7];
        this.remoteIp = "";
        this.remotePort = 0;
        this.tlsVersion = "";
    }

    @HostAccess.Export
    public String cookies() {
        return answer == null ? "{}" : answer.cookies();
    }

    @HostAccess.Export
    public String request() {
        return answer == null ? "{}" : answer.request();
    }
}
