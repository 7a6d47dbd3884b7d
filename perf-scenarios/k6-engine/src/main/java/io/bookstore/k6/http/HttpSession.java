package io.bookstore.k6.http;

import io.bookstore.k6.http.RequestSpec.ResponseType;
import io.bookstore.k6.options.HttpOptions;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The connections and cookies of one virtual user. Requests of a batch may run at the same time. */
public final class HttpSession implements AutoCloseable {
    private static final Set<String> REWRITTEN_TO_GET = Set.of("POST", "PUT", "DELETE", "PATCH");

    private static final int PARSED_URLS = 200;

    private final HttpOptions options;
    private final HttpClients clients;
    private final WireBytes bytes = new WireBytes();
    private @Nullable OkHttpClient client;
    private final CookieStore cookies = new CookieStore();
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private final List<EventStream> streams = new ArrayList<>();
    /** Parsing is a tenth of what OkHttp does for a request, and most scripts ask for few addresses again and again. */
    private final ConcurrentHashMap<String, HttpUrl> parsedUrls = new ConcurrentHashMap<>();

    public HttpSession(HttpClients clients) {
        this.options = clients.options();
        this.clients = clients;
    }

    /** The client of this virtual user, made for its first request: the runs around a test often have none. */
    private synchronized OkHttpClient client() {
        OkHttpClient opened = client == null ? clients.create(bytes) : client;
        client = opened;
        return opened;
    }

    private synchronized void closeConnections() {
        if (client != null) {
            client.connectionPool().evictAll();
        }
    }

    public WireBytes bytes() {
        return bytes;
    }

    public CookieStore cookies() {
        return cookies;
    }

    /** Clears the state that a new iteration must not see. */
    public void startIteration() {
        // Those of an iteration that was cut off; all others have ended.
        streams.forEach(EventStream::end);
        streams.clear();
        if (!options.reuse().keepCookies()) {
            cookies.clear();
        }
        if (options.reuse().withinIterationOnly()) {
            closeConnections();
        }
    }

    /** Breaks off all exchanges that are under way. Called from any thread. */
    public void cancel() {
        running.forEach(Call::cancel);
    }

    @Override
    public void close() {
        cancel();
        closeConnections();
    }

    /**
     * Sends the request, follows its redirects and reads the answer.
     *
     * @throws InvalidRequest when it cannot be sent at all
     */
    public HttpAnswer execute(RequestSpec spec) {
        HttpUrl url = parse(spec.url());
        if (url == null) {
            return unreachable(spec);
        }
        Reached reached = reach(spec, url);
        return reached.answer(spec, reached.last().finish(spec.responseType()));
    }

    /**
     * Sends the request and follows its redirects, as {@link #execute} does, and leaves the last answer to be read event by
     * event. The deadline of the request holds until the stream has ended.
     *
     * @throws InvalidRequest when it cannot be sent at all
     */
    public EventStream openStream(RequestSpec spec) {
        HttpUrl url = parse(spec.url());
        if (url == null) {
            return new EventStream(unreachable(spec));
        }
        EventStream stream = new EventStream(spec, reach(spec, url));
        streams.removeIf(EventStream::ended);
        streams.add(stream);
        return stream;
    }

    private Reached reach(RequestSpec spec, HttpUrl start) {
        refuseBlocked(start);
        HttpUrl url = start;
        List<Hop> before = new ArrayList<>(0);
        String method = spec.method();
        String address = spec.url();
        RequestSpec.Body body = spec.body();
        long deadline = System.nanoTime() + spec.timeout().toNanos();
        Request first = null;
        while (true) {
            Request request = RequestWriter.write(spec, method, url, body, options.userAgent());
            first = first == null ? request : first;
            OpenExchange exchange = new OpenExchange(client().newCall(request), address, spec, deadline, running);
            HttpUrl next = exchange.redirect();
            if (next == null || before.size() >= spec.redirects().limit()) {
                boolean cutShort = next != null && !spec.redirects().chosen();
                return new Reached(before, exchange, first, cutShort);
            }
            before.add(exchange.finish(ResponseType.NONE).hop());
            if (exchange.status() <= 303 && REWRITTEN_TO_GET.contains(method)) {
                method = "GET";
                body = RequestSpec.Body.NONE;
            }
            url = next;
            address = next.toString();
            refuseBlocked(url);
        }
    }

    /**
     * The last exchange of a chain of redirects, whose answer is still to be read.
     *
     * @param before   the exchanges that led to it
     * @param first    the request that the script made
     * @param cutShort true if it names another address that is not asked, because of {@code maxRedirects}
     */
    record Reached(List<Hop> before, OpenExchange last, Request first, boolean cutShort) {
        HttpAnswer answer(RequestSpec spec, Exchange finished) {
            before.add(finished.hop());
            return new HttpAnswer(spec, before, finished, first, cutShort);
        }
    }

    private static HttpAnswer unreachable(RequestSpec spec) {
        NetworkError error = OddAddress.failure(spec.url())
                .orElseThrow(() -> new InvalidRequest(1020, "invalid URL '" + spec.url() + "'"));
        Hop hop = OpenExchange.hop(spec.method(), spec.url(), spec.rule(), null, error, null, System.nanoTime());
        Exchange exchange = new Exchange(hop, null, new Buffer(), error, null);
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

    /** A request and its answer, read to the end or broken off. */
    record Exchange(
            Hop hop,
            @Nullable Response response,
            Buffer body,
            @Nullable NetworkError error,
            @Nullable InetSocketAddress remote) {}
}
