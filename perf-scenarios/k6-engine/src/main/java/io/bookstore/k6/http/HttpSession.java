package io.bookstore.k6.http;

import io.bookstore.k6.http.RequestSpec.ResponseType;
import io.bookstore.k6.options.HttpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** The connections and cookies of one virtual user. Requests of a batch may run at the same time. */
public final class HttpSession implements AutoCloseable {
    private static final Set<String> REWRITTEN_TO_GET = Set.of("POST", "PUT", "DELETE", "PATCH");

    private static final int PARSED_URLS = 200;

    private final HttpOptions options;
    private final WireBytes bytes = new WireBytes();
    private final OkHttpClient client;
    private final CookieStore cookies = new CookieStore();
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    /** Parsing is a tenth of what OkHttp does for a request, and most scripts ask for few addresses again and again. */
    private final ConcurrentHashMap<String, HttpUrl> parsedUrls = new ConcurrentHashMap<>();

    public HttpSession(HttpClients clients) {
        this.options = clients.options();
        this.client = clients.create(bytes);
    }

    public WireBytes bytes() {
        return bytes;
    }

    public CookieStore cookies() {
        return cookies;
    }

    /** Clears the state that a new iteration must not see. */
    public void startIteration() {
        if (!options.reuse().keepCookies()) {
            cookies.clear();
        }
        if (options.reuse().withinIterationOnly()) {
            client.connectionPool().evictAll();
        }
    }

    /** Breaks off all exchanges that are under way. Called from any thread. */
    public void cancel() {
        running.forEach(Call::cancel);
    }

    @Override
    public void close() {
        cancel();
        client.connectionPool().evictAll();
    }

    /**
     * Sends the request and follows its redirects.
     *
     * @throws InvalidRequest when it cannot be sent at all
     */
    public HttpAnswer execute(RequestSpec spec) {
        HttpUrl url = parse(spec.url());
        if (url == null) {
            return unreachable(spec);
        }
        refuseBlocked(url);
        List<Hop> hops = new ArrayList<>(1);
        String method = spec.method();
        String address = spec.url();
        RequestSpec.Body body = spec.body();
        long deadline = System.nanoTime() + spec.timeout().toNanos();
        Request first = null;
        while (true) {
            Request request = RequestWriter.write(spec, method, url, body, options.userAgent());
            first = first == null ? request : first;
            Exchange exchange = exchange(request, spec, address, deadline);
            hops.add(exchange.hop());
            HttpUrl next = exchange.redirect();
            if (next == null || hops.size() > spec.redirects().limit()) {
                boolean cutShort = next != null && !spec.redirects().chosen();
                return new HttpAnswer(spec, hops, exchange, first, cutShort);
            }
            if (exchange.hop().status() <= 303 && REWRITTEN_TO_GET.contains(method)) {
                method = "GET";
                body = RequestSpec.Body.NONE;
            }
            url = next;
            address = next.toString();
            refuseBlocked(url);
        }
    }

    private static HttpAnswer unreachable(RequestSpec spec) {
        NetworkError error = OddAddress.failure(spec.url())
                .orElseThrow(() -> new InvalidRequest(1020, "invalid URL '" + spec.url() + "'"));
        Hop hop = hop(spec.method(), spec.url(), spec.rule(), null, error, null, System.nanoTime());
        Exchange exchange = new Exchange(hop, null, new Buffer(), error, null, null);
        return new HttpAnswer(spec, List.of(hop), exchange, null, false);
    }

    private @Nullable HttpUrl parse(String text) {
        HttpUrl known = parsedUrls.get(text);
        if (known != null) {
            return known;
        }
        HttpUrl parsed = HttpUrl.parse(text);
        if (parsed != null && parsedUrls.size() < PARSED_URLS) {
            parsedUrls.put(text, parsed);
        }
        return parsed;
    }

    private void refuseBlocked(HttpUrl url) {
        for (String pattern : options.blockedHostnames()) {
            boolean blocked = pattern.startsWith("*.")
                    ? url.host().endsWith(pattern.substring(1))
                    : url.host().equals(pattern);
            if (blocked) {
                throw new InvalidRequest(1111, "hostname '" + url.host() + "' is blocked by pattern '" + pattern + "'");
            }
        }
    }

    private Exchange exchange(Request request, RequestSpec spec, String address, long deadline) {
        PhaseTimer timer = request.tag(PhaseTimer.class);
        Call call = client.newCall(request);
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        call.timeout().timeout(left.toNanos(), TimeUnit.NANOSECONDS);
        running.add(call);
        Buffer body = new Buffer();
        Response response = null;
        IOException problem = null;
        try {
            response = call.execute();
            read(response, body, spec.responseType());
        } catch (IOException e) {
            problem = e;
        } finally {
            running.remove(call);
            if (response != null) {
                response.close();
            }
        }
        long end = System.nanoTime();
        NetworkError error = problem == null ? null : NetworkError.of(problem);
        Hop hop = hop(request.method(), address, spec.rule(), response, error, timer, end);
        return new Exchange(
                hop, response, body, error, timer == null ? null : timer.remote(), redirect(request, response, spec));
    }

    private static void read(Response response, Buffer body, ResponseType type) throws IOException {
        BufferedSource source = response.body().source();
        while (source.read(body, 8192) != -1) {
            if (type == ResponseType.NONE) {
                body.clear();
            }
        }
    }

    private static Hop hop(
            String method,
            String address,
            StatusRule rule,
            @Nullable Response response,
            @Nullable NetworkError error,
            @Nullable PhaseTimer timer,
            long end) {
        int status = response == null ? 0 : response.code();
        InetSocketAddress remote = timer == null ? null : timer.remote();
        return new Hop(
                end,
                method,
                address,
                status,
                response == null ? null : proto(response),
                error == null ? null : error.text(),
                NetworkError.codeOf(error, status),
                rule.expects(status),
                response == null ? null : tlsVersion(response),
                remote == null ? null : remote.getAddress().getHostAddress(),
                timer == null ? Timings.NONE : timer.timings(end, error));
    }

    private static String proto(Response response) {
        return response.protocol().toString().toUpperCase(Locale.ROOT);
    }

    private static @Nullable String tlsVersion(Response response) {
        Handshake handshake = response.handshake();
        return handshake == null ? null : handshake.tlsVersion().javaName().replace("TLSv", "tls");
    }

    private @Nullable HttpUrl redirect(Request request, @Nullable Response response, RequestSpec spec) {
        if (response == null) {
            return null;
        }
        response.headers("Set-Cookie").forEach(header -> spec.cookies().jar().receive(request.url(), header));
        String location = response.header("Location");
        return location != null && Set.of(301, 302, 303, 307, 308).contains(response.code())
                ? request.url().resolve(location)
                : null;
    }

    /** The result of one hop; {@code redirect} is the address that the answer names. */
    record Exchange(
            Hop hop,
            @Nullable Response response,
            Buffer body,
            @Nullable NetworkError error,
            @Nullable InetSocketAddress remote,
            @Nullable HttpUrl redirect) {}
}
