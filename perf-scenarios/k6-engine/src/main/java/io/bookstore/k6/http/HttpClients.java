package io.bookstore.k6.http;

import io.bookstore.k6.options.HttpOptions;
import io.bookstore.k6.script.ScriptFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Makes one OkHttp client for each virtual user: its own connections and byte counts, everything else shared. */
public final class HttpClients {
    private final HttpOptions options;
    private @Nullable OkHttpClient shared;

    public HttpClients(HttpOptions options) {
        this.options = options;
        options.hosts().forEach(HttpClients::checkAddress);
    }

    /** Makes all that the clients share, so that the first request does not wait for it: a look at a script needs none of it. */
    public void open() {
        shared();
    }

    private synchronized OkHttpClient shared() {
        OkHttpClient opened = shared == null ? build() : shared;
        shared = opened;
        return opened;
    }

    private OkHttpClient build() {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .cookieJar(CookieJar.NO_COOKIES)
                // The one deadline is the call's own, over the whole exchange as in k6.
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .fastFallback(false)
                .proxy(Proxy.NO_PROXY)
                .dns(this::lookup)
                .eventListenerFactory(call -> {
                    PhaseTimer timer = call.request().tag(PhaseTimer.class);
                    return timer == null ? EventListener.NONE : timer;
                })
                .addNetworkInterceptor(HttpClients::dropOkHttpHeaders);
        if (options.errors().skipTlsVerify()) {
            trustEveryone(builder);
        }
        return builder.build();
    }

    OkHttpClient create(WireBytes bytes) {
        boolean keepAlive = !options.reuse().none();
        return shared().newBuilder()
                .connectionPool(new ConnectionPool(keepAlive ? 100 : 0, 90, TimeUnit.SECONDS))
                .socketFactory(bytes)
                .build();
    }

    HttpOptions options() {
        return options;
    }

    /** Marks headers the script did not ask for; OkHttp would add them, k6 does not send them. */
    record OwnHeaders(boolean userAgent, boolean acceptEncoding, boolean connection) {}

    private static Response dropOkHttpHeaders(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        OwnHeaders own = request.tag(OwnHeaders.class);
        if (own == null) {
            return chain.proceed(request);
        }
        Request.Builder builder = request.newBuilder();
        if (!own.userAgent()) {
            builder.removeHeader("User-Agent");
        }
        if (!own.acceptEncoding()) {
            builder.removeHeader("Accept-Encoding");
        }
        if (!own.connection()) {
            builder.removeHeader("Connection");
        }
        return chain.proceed(builder.build());
    }

    private List<InetAddress> lookup(String host) throws UnknownHostException {
        for (Map.Entry<String, String> mapping : options.hosts().entrySet()) {
            String pattern = mapping.getKey();
            boolean wildcard = pattern.startsWith("*.") && host.endsWith(pattern.substring(1));
            if (wildcard || pattern.equals(host)) {
                return List.of(InetAddress.getByName(mapping.getValue()));
            }
        }
        return Dns.SYSTEM.lookup(host);
    }

    private static void checkAddress(String host, String address) {
        boolean hasPort = address.matches("[^:]*:\\d+") || host.contains(":");
        if (hasPort) {
            throw ScriptFault.configuration(
                    "options.hosts maps '%s' to '%s'; the embedded engine maps names only, leave the ports out."
                            .formatted(host, address));
        }
    }

    /** {@code insecureSkipTLSVerify}: asked for by the script, for servers with certificates of their own making. */
    private static void trustEveryone(OkHttpClient.Builder builder) {
        X509ExtendedTrustManager trusting = new TrustingEverything();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trusting}, null);
            builder.sslSocketFactory(context.getSocketFactory(), trusting).hostnameVerifier((name, session) -> true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    private static final class TrustingEverything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
