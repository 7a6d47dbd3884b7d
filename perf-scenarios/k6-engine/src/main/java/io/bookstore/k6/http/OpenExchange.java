package io.bookstore.k6.http;

import io.bookstore.k6.http.HttpSession.Exchange;
import io.bookstore.k6.http.RequestSpec.ResponseType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** A request that has been sent, with the head of its answer; it is under way until {@link #finish}. */
final class OpenExchange {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Call call;
    private final String address;
    private final RequestSpec spec;
    private final Set<Call> running;
    private final Buffer body = new Buffer();
    private @Nullable Response response;
    private @Nullable IOException problem;

    /**
     * Sends it and waits for the head of the answer.
     *
     * @param deadline {@link System#nanoTime} at which the exchange has to be over, the body included
     * @param running  has the call while it is under way
     */
    OpenExchange(Call call, String address, RequestSpec spec, long deadline, Set<Call> running) {
        this.call = call;
        this.address = address;
        this.spec = spec;
        this.running = running;
        call.timeout().timeout(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        running.add(call);
        try {
            response = call.execute();
        } catch (IOException e) {
            problem = e;
        }
    }

    /** 0 without an answer. */
    int status() {
        return response == null ? 0 : response.code();
    }

    /** The body that is still to be read; null without an answer. */
    @Nullable
    BufferedSource source() {
        return response == null ? null : response.body().source();
    }

    /** The events of the answer while it comes, decompressed; null without an answer. */
    @Nullable
    EventReader events() {
        BufferedSource source = source();
        return response == null || source == null
                ? null
                : EventReader.of(
                        response.header("Content-Type"),
                        ContentCoding.decoding(source, response.header("Content-Encoding")));
    }

    /** Keeps the cookies of the answer, and returns the address that it names; null for none. */
    @Nullable
    HttpUrl redirect() {
        if (response == null) {
            return null;
        }
        HttpUrl url = call.request().url();
        response.headers("Set-Cookie").forEach(header -> spec.cookies().jar().receive(url, header));
        String location = response.header("Location");
        return location != null && REDIRECTS.contains(response.code()) ? url.resolve(location) : null;
    }

    /** Ends what is under way, so that the other side sees the connection go. Called from any thread. */
    void cancel() {
        call.cancel();
    }

    /** Reads the rest of the body. */
    Exchange finish(ResponseType type) {
        BufferedSource source = source();
        try {
            while (source != null && source.read(body, 8192) != -1) {
                if (type == ResponseType.NONE) {
                    body.clear();
                }
            }
        } catch (IOException e) {
            problem = e;
        }
        return finish(problem, spec.rule());
    }

    /**
     * Ends the exchange without reading on.
     *
     * @param failure the reason why the answer is not whole; null if it is, or if nobody wanted the rest
     */
    Exchange finish(@Nullable IOException failure, StatusRule rule) {
        running.remove(call);
        if (response != null) {
            response.close();
        }
        long end = System.nanoTime();
        Request request = call.request();
        PhaseTimer timer = request.tag(PhaseTimer.class);
        IOException cause = problem == null ? failure : problem;
        NetworkError error = cause == null ? null : NetworkError.of(cause);
        Hop hop = hop(request.method(), address, rule, response, error, timer, end);
        return new Exchange(hop, response, body, error, timer == null ? null : timer.remote());
    }

    /** The exchange as it stands now, for the tags of what happens before its end. */
    Hop soFar() {
        Request request = call.request();
        NetworkError error = problem == null ? null : NetworkError.of(problem);
        return hop(
                request.method(),
                address,
                spec.rule(),
                response,
                error,
                request.tag(PhaseTimer.class),
                System.nanoTime());
    }

    static Hop hop(
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
}
