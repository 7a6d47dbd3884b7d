package io.bookstore.k6.vu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.http.CookieStore;
import io.bookstore.k6.http.Hop;
import io.bookstore.k6.http.HttpAnswer;
import io.bookstore.k6.http.HttpSession;
import io.bookstore.k6.http.InvalidRequest;
import io.bookstore.k6.http.RequestReader;
import io.bookstore.k6.http.RequestSpec;
import io.bookstore.k6.http.ResponseView;
import io.bookstore.k6.http.StatusRule;
import io.bookstore.k6.http.Timings;
import io.bookstore.k6.metrics.SampleBatch;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.script.GuestValues;
import io.bookstore.k6.script.HostFunctions;
import io.bookstore.k6.script.UnsupportedCall;
import io.bookstore.perf.metrics.BuiltInMetrics;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.UrlCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Behind module {@code k6/http}. */
final class HttpFunctions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<Metric> UNJUDGED = List.of(
            BuiltInMetrics.HTTP_REQS,
            BuiltInMetrics.HTTP_REQ_DURATION,
            BuiltInMetrics.HTTP_REQ_BLOCKED,
            BuiltInMetrics.HTTP_REQ_CONNECTING,
            BuiltInMetrics.HTTP_REQ_TLS_HANDSHAKING,
            BuiltInMetrics.HTTP_REQ_SENDING,
            BuiltInMetrics.HTTP_REQ_WAITING,
            BuiltInMetrics.HTTP_REQ_RECEIVING);

    private static final List<Metric> JUDGED = judged();

    private final VirtualUser vu;
    private final HttpSession session;
    private final RequestReader reader;

    HttpFunctions(VirtualUser vu, HttpSession session) {
        this.vu = vu;
        this.session = session;
        this.reader = new RequestReader(
                vu.run().options().http(),
                session.cookies(),
                message -> vu.run().log("warning", message));
    }

    private static List<Metric> judged() {
        List<Metric> metrics = new ArrayList<>(UNJUDGED);
        metrics.add(BuiltInMetrics.HTTP_REQ_FAILED);
        return List.copyOf(metrics);
    }

    void register(HostFunctions functions) {
        functions.add("request", arguments -> {
            CoreFunctions.requireRunning(vu, "an HTTP request");
            return conclude(send(arguments));
        });
        functions.add("batch", arguments -> batch(arguments[0]));
        functions.add("requestLater", this::requestLater);
        functions.add("expectedStatuses", arguments -> expectedStatuses(arguments[0]));
        functions.add("setResponseCallback", arguments -> {
            reader.setRule(arguments[0]);
            return null;
        });
        functions.add("vuCookieJar", arguments -> {
            CoreFunctions.requireRunning(vu, "http.cookieJar()");
            return session.cookies();
        });
        functions.add("newCookieJar", arguments -> new CookieStore());
        functions.add("setCookie", HttpFunctions::setCookie);
        functions.add("cookiesFor", HttpFunctions::cookiesFor);
        functions.add("clearCookies", arguments -> {
            CookieStore jar = arguments[0].asHostObject();
            jar.remove(arguments[1].asString(), arguments[2].isNull() ? "" : arguments[2].asString());
            return null;
        });
    }

    /**
     * A request that was answered, broke off, or could not be sent.
     *
     * @param metadata that of the moment when it was sent, as in k6; a later change is one of later samples
     */
    record Result(
            String url,
            Map<String, String> metadata,
            @Nullable HttpAnswer answer,
            @Nullable InvalidRequest problem,
            @Nullable UnsupportedCall unsupported) {}

    private Result send(Value[] arguments) {
        String url = arguments[1].asString();
        try {
            return send(read(arguments), vu.samples().requestMetadata());
        } catch (InvalidRequest e) {
            return unsent(url, e);
        }
    }

    static Result unsent(String url, InvalidRequest problem) {
        return new Result(url, Map.of(), null, problem, null);
    }

    RequestSpec read(Value[] arguments) {
        String name = arguments[2].isNull() ? null : arguments[2].asString();
        return reader.read(arguments[0].asString(), arguments[1].asString(), name, arguments[3], arguments[4]);
    }

    /** May run on any thread: it touches neither the script nor the tags. */
    private Result send(RequestSpec spec, Map<String, String> metadata) {
        try {
            return new Result(spec.url(), metadata, session.execute(spec), null, null);
        } catch (InvalidRequest e) {
            return unsent(spec.url(), e);
        } catch (UnsupportedCall e) {
            return new Result(spec.url(), metadata, null, null, e);
        }
    }

    /** Emits samples and warnings, and makes the script's view; runs on the virtual user's thread. */
    ResponseView conclude(Result result) {
        vu.leaveIfCut();
        if (result.unsupported() != null) {
            throw result.unsupported();
        }
        boolean throwing = vu.run().options().http().errors().throwOnFailure();
        HttpAnswer answer = result.answer();
        if (answer == null) {
            InvalidRequest problem = result.problem() == null ? new InvalidRequest(1000, "not sent") : result.problem();
            if (throwing) {
                throw new IllegalArgumentException(problem.message());
            }
            vu.run().log("warning", "Request failed: " + problem.message());
            return new ResponseView(result.url(), problem);
        }
        answer.hops().forEach(hop -> emitSamples(hop, answer.spec(), result.metadata()));
        Hop last = answer.hops().get(answer.hops().size() - 1);
        if (last.error() != null) {
            String text = "%s \"%s\": %s".formatted(last.method(), UrlCredentials.masked(last.url()), last.error());
            if (throwing) {
                throw new IllegalArgumentException(text);
            }
            vu.run().log("warning", "Request failed: " + text);
        }
        if (answer.tooManyRedirects()) {
            vu.run()
                    .log(
                            "warning",
                            "Stopped after %d redirects and returned the last response; set maxRedirects to follow more"
                                    .formatted(answer.spec().redirects().limit()));
        }
        return answer.view();
    }

    private void emitSamples(Hop hop, RequestSpec spec, Map<String, String> metadata) {
        Timings timings = hop.timings();
        boolean judged = hop.expected() != null;
        double[] values = new double[judged ? 9 : 8];
        values[0] = 1;
        values[1] = timings.duration();
        values[2] = timings.blocked();
        values[3] = timings.connecting();
        values[4] = timings.tlsHandshaking();
        values[5] = timings.sending();
        values[6] = timings.waiting();
        values[7] = timings.receiving();
        if (judged) {
            values[8] = Boolean.TRUE.equals(hop.expected()) ? 0 : 1;
        }
        vu.samples()
                .emit(new SampleBatch(
                        vu.run().clock().at(hop.endNanos()),
                        vu.tags().request(hop, spec.name(), spec.tags()),
                        metadata,
                        judged ? JUDGED : UNJUDGED,
                        values));
    }

    private Object batch(Value requests) throws InterruptedException {
        CoreFunctions.requireRunning(vu, "http.batch()");
        List<RequestBatch.Item<Result>> items = new ArrayList<>();
        for (long i = 0; i < requests.getArraySize(); i++) {
            Value request = requests.getArrayElement(i);
            Value[] arguments = new Value[5];
            for (int part = 0; part < arguments.length; part++) {
                arguments[part] = request.getArrayElement(part);
            }
            items.add(batchItem(arguments));
        }
        List<Result> results =
                new RequestBatch<Result>(vu.run().options().http(), vu.run().background()).run(items);
        vu.leaveIfCut();
        return results.stream().map(this::conclude).toArray();
    }

    private RequestBatch.Item<Result> batchItem(Value[] arguments) {
        String url = arguments[1].asString();
        try {
            RequestSpec spec = read(arguments);
            Map<String, String> metadata = vu.samples().requestMetadata();
            return new RequestBatch.Item<>(url, () -> send(spec, metadata));
        } catch (InvalidRequest e) {
            return new RequestBatch.Item<>(url, () -> unsent(url, e));
        }
    }

    private @Nullable Object requestLater(Value[] arguments) {
        CoreFunctions.requireRunning(vu, "an HTTP request");
        Value callback = arguments[5];
        RequestBatch.Item<Result> item = batchItem(arguments);
        vu.loop().expectAnswer();
        vu.run().background().execute(() -> {
            Result result = item.send().get();
            vu.loop().deliver(() -> {
                vu.loop().countAnswer();
                callBack(callback, result);
            });
        });
        return null;
    }

    private void callBack(Value callback, Result result) {
        try {
            callback.executeVoid(conclude(result), null);
        } catch (UnsupportedCall e) {
            vu.stopRun(K6ExitCode.SCRIPT_EXCEPTION, e.sentence());
        } catch (IllegalArgumentException e) {
            callback.executeVoid(null, e.getMessage());
        }
    }

    private static StatusRule expectedStatuses(Value statuses) {
        List<StatusRule.Range> ranges = new ArrayList<>();
        for (long i = 0; i < statuses.getArraySize(); i++) {
            Value status = statuses.getArrayElement(i);
            if (status.fitsInInt()) {
                ranges.add(new StatusRule.Range(status.asInt(), status.asInt()));
            } else if (isStatus(status, "min") && isStatus(status, "max")) {
                ranges.add(new StatusRule.Range(
                        status.getMember("min").asInt(), status.getMember("max").asInt()));
            } else {
                throw new IllegalArgumentException(
                        "expectedStatuses() takes whole numbers and {min, max}, got " + GuestValues.text(status));
            }
        }
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("expectedStatuses() needs at least one status");
        }
        return new StatusRule(ranges);
    }

    private static boolean isStatus(Value range, String bound) {
        return range.hasMembers()
                && range.hasMember(bound)
                && range.getMember(bound).fitsInInt();
    }

    private static Object setCookie(Value[] arguments) {
        CookieStore jar = arguments[0].asHostObject();
        StringBuilder cookie = new StringBuilder(arguments[2].asString() + "=" + arguments[3].asString());
        Value attributes = arguments[4];
        if (attributes.hasMembers()) {
            for (String key : attributes.getMemberKeys()) {
                String name = key.equals("max_age") ? "Max-Age" : key.equals("http_only") ? "HttpOnly" : key;
                Value value = attributes.getMember(key);
                boolean flag = value.isBoolean();
                if (!flag || value.asBoolean()) {
                    cookie.append("; ").append(name).append(flag ? "" : "=" + GuestValues.text(value));
                }
            }
        }
        return jar.set(arguments[1].asString(), cookie.toString());
    }

    private static Object cookiesFor(Value[] arguments) {
        CookieStore jar = arguments[0].asHostObject();
        try {
            return JSON.writeValueAsString(jar.valuesFor(arguments[1].asString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }
}
