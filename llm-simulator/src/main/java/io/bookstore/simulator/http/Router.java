package io.bookstore.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.limit.Caller;
import io.bookstore.simulator.rule.RuleRequest;
import io.bookstore.simulator.simulation.InBatch;
import io.bookstore.simulator.simulation.PriorAnswers;
import io.bookstore.simulator.simulation.Script;
import io.bookstore.simulator.simulation.Sender;
import io.bookstore.simulator.simulation.Simulation;
import io.bookstore.simulator.simulation.Step;
import io.bookstore.simulator.state.StreamPart;
import io.bookstore.simulator.wire.Backend;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.KeyRule;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireFormat;
import io.bookstore.simulator.wire.WireRequest;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the provider that a request is meant for and lets the simulation answer it. Thread-safe. */
final class Router {

    /** Makes one request go wrong, whatever the plan says. */
    static final String FAULT_HEADER = "x-simulator-fault";

    private record Route(WireFormat format, Endpoint endpoint) {

        boolean leadsFrom(String path) {
            return endpoint.path().matcher(path).matches();
        }
    }

    private final List<Route> routes = WireFormats.ALL.stream()
            .flatMap(format -> format.endpoints().stream().map(endpoint -> new Route(format, endpoint)))
            .toList();
    private final Simulation simulation;
    private final PriorAnswers prior;
    private final Backend backend;

    Router(Simulation simulation) {
        this(simulation, PriorAnswers.NONE);
    }

    /** @param prior answers that go before those of the simulation */
    Router(Simulation simulation, PriorAnswers prior) {
        this.simulation = simulation;
        this.prior = prior;
        this.backend = new SimulatorBackend(simulation, this::answerInBatch);
    }

    Script answer(String path, FullHttpRequest request) {
        String method = request.method().name();
        Predicate<WireFormat> meant = meantBy(request.headers(), path, request.uri());
        if (prior != PriorAnswers.NONE) {
            try {
                Script answer =
                        prior.answer(method, path, query(path, request.uri()), ByteBufUtil.getBytes(request.content()));
                if (answer != null) {
                    return answer;
                }
            } catch (RefusedException e) {
                return Script.of(Simulation.error(owner(path, meant), e.refusal(), "req_none"));
            }
        }
        Route route = route(path, method, meant);
        if (route != null) {
            return answer(route, path, request);
        }
        Refusal refusal = routes.stream().anyMatch(other -> other.leadsFrom(path))
                ? Refusal.of(Kind.METHOD_NOT_ALLOWED, "Method Not Allowed")
                : Refusal.of(Kind.NOT_FOUND, "Invalid URL (" + method + " " + path + ")");
        return Script.of(Simulation.error(owner(path, meant), refusal, "req_none"));
    }

    /** The most bytes that the body of a request may have. */
    int maxBodyBytes(HttpRequest request) {
        String path = path(request.uri());
        Route route = route(path, request.method().name(), meantBy(request.headers(), path, request.uri()));
        return route == null ? BodyLimits.PLAIN_BYTES : route.format().maxBodyBytes();
    }

    /** Refuses a request whose body was not read. */
    Script refuse(String path, UnreadRequest request) {
        Refusal refusal = request.refusal();
        Predicate<WireFormat> meant = meantBy(request.headers(), path, request.uri());
        Route route = route(path, request.method(), meant);
        if (route != null && route.endpoint().action() instanceof Endpoint.Action.Generate generate) {
            Caller caller = caller(route.format(), path, request.headers(), request.uri());
            Sender sender = new Sender(RequestKeys.of(request), caller);
            return simulation.refuse(route.format(), generate.operation(), sender, refusal, null);
        }
        return Script.of(Simulation.error(owner(path, meant), refusal, "req_none"));
    }

    private static Predicate<WireFormat> meantBy(HttpHeaders headers, String path, String uri) {
        return format -> format.isMeantBy(headers::get, query(path, uri));
    }

    /** Finds the route; of several providers with the same path, that of the one the request is meant for, else of the last. */
    private @Nullable Route route(String path, String method, Predicate<WireFormat> meant) {
        Route found = null;
        for (Route route : routes) {
            if (route.endpoint().method().equals(method) && route.leadsFrom(path)) {
                if (route.endpoint().action() instanceof Endpoint.Action.Generate || meant.test(route.format())) {
                    return route;
                }
                found = route;
            }
        }
        return found;
    }

    private Script answer(Route route, String path, FullHttpRequest request) {
        if (route.endpoint().action() instanceof Endpoint.Action.Generate generate) {
            Caller caller = caller(route.format(), path, request.headers(), request.uri());
            Sender sender = new Sender(RequestKeys.of(request), caller);
            try {
                requireHeaders(route.format(), path, request);
                WireRequest read = generate.recall().apply(wireRequest(path, request));
                GenerationRequest generation = generate.reader().apply(read);
                RuleRequest rules = new RuleRequest(generation.model(), read.body(), request.headers()::get);
                return simulation.answer(
                        route.format(), generate.operation(), sender, generation, askedFault(request), rules, null);
            } catch (RefusedException e) {
                return simulation.refuse(route.format(), generate.operation(), sender, e.refusal(), null);
            }
        }
        return reply(route, path, request);
    }

    /** Answers a request of a batch, which has the key of the same request sent alone. */
    private Script answerInBatch(String path, JsonNode body, Consumer<GenerationRequest> check, InBatch batch) {
        Route route = Objects.requireNonNull(route(path, "POST", format -> true), path);
        Endpoint.Action.Generate generate =
                (Endpoint.Action.Generate) route.endpoint().action();
        Sender sender = new Sender(RequestKeys.of(path, body.toString()), Caller.NONE);
        try {
            WireRequest read = generate.recall().apply(new WireRequest(path, "", body, "", header -> null, backend));
            GenerationRequest generation = generate.reader().apply(read);
            check.accept(generation);
            RuleRequest rules = new RuleRequest(generation.model(), read.body(), header -> null);
            return simulation.answer(route.format(), generate.operation(), sender, generation, null, rules, batch);
        } catch (RefusedException e) {
            return simulation.refuse(route.format(), generate.operation(), sender, e.refusal(), batch);
        }
    }

    private static Caller caller(WireFormat format, String path, HttpHeaders headers, String uri) {
        return Callers.of(format.keyRule(), headers, query(path, uri));
    }

    private static @Nullable Fault askedFault(FullHttpRequest request) {
        String fault = request.headers().get(FAULT_HEADER);
        try {
            return fault == null ? null : Fault.parse(fault);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Kind.INVALID_REQUEST, FAULT_HEADER + ": " + e.getMessage());
        }
    }

    private Script reply(Route route, String path, FullHttpRequest request) {
        try {
            requireHeaders(route.format(), path, request);
            WireRequest read = wireRequest(path, request);
            Endpoint.Action action = route.endpoint().action();
            if (action instanceof Endpoint.Action.Resume resume) {
                Iterator<StreamPart> events = resume.events().apply(read);
                return events == null ? reply(resume.otherwise(), read) : Script.ofEvents(events);
            }
            return reply((Endpoint.Action.Reply) action, read);
        } catch (RefusedException e) {
            return Script.of(Simulation.error(route.format(), e.refusal(), "req_none"));
        }
    }

    private static Script reply(Endpoint.Action.Reply reply, WireRequest request) {
        String body = reply.document().apply(request);
        return Script.of(new Step.Whole(0, 200, reply.contentType(), Map.of(), body, reply.charset()));
    }

    private WireFormat owner(String path, Predicate<WireFormat> meant) {
        WireFormat last = WireFormats.ALL.get(WireFormats.ALL.size() - 1);
        WireFormat owner = WireFormats.ALL.stream()
                .filter(format -> format.owns(path))
                .findFirst()
                .orElse(last);
        return owner == last
                ? WireFormats.ALL.stream().filter(meant).findFirst().orElse(last)
                : owner;
    }

    private static void requireHeaders(WireFormat format, String path, FullHttpRequest request) {
        KeyRule rule = format.keyRule();
        if (!rule.isMet(name -> request.headers().get(name), query(path, request.uri()))) {
            throw new RefusedException(Kind.NO_KEY, rule.refusal());
        }
        String required = format.requiredHeader();
        if (required != null && !request.headers().contains(required)) {
            throw new RefusedException(Kind.INVALID_REQUEST, required + ": header is required");
        }
    }

    private WireRequest wireRequest(String path, FullHttpRequest request) {
        return new WireRequest(
                path,
                query(path, request.uri()),
                RequestBody.read(request),
                request.headers().get(HttpHeaderNames.HOST, ""),
                request.headers()::get,
                backend);
    }

    /** The query of a request for the path, without its question mark; empty if there is none. */
    static String query(String path, String uri) {
        return uri.length() > path.length() ? uri.substring(path.length() + 1) : "";
    }

    /** The part before the query. */
    static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}
