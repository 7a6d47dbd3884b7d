package io.bookstore.simulator.wire;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A method and a path, and what happens there. */
public record Endpoint(String method, Pattern path, Action action) {

    /** The action of an endpoint. Both may throw {@link RefusedException}. */
    public sealed interface Action {

        /**
         * An answer that takes its time and is written to the journal.
         *
         * @param recall fills in what the request refers to and the provider has kept
         */
        record Generate(
                Operation operation, UnaryOperator<WireRequest> recall, Function<WireRequest, GenerationRequest> reader)
                implements Action {}

        /** A document at once. */
        record Reply(String contentType, Function<WireRequest, String> document) implements Action {}
    }

    public static Endpoint generates(String path, Function<WireRequest, GenerationRequest> reader) {
        return generates(Operation.CHAT, path, reader);
    }

    public static Endpoint generates(
            Operation operation, String path, Function<WireRequest, GenerationRequest> reader) {
        return generates(operation, path, UnaryOperator.identity(), reader);
    }

    /** @param recall fills in what the request refers to and the provider has kept */
    public static Endpoint generates(
            Operation operation,
            String path,
            UnaryOperator<WireRequest> recall,
            Function<WireRequest, GenerationRequest> reader) {
        return new Endpoint("POST", Pattern.compile(path), new Action.Generate(operation, recall, reader));
    }

    public static Endpoint replies(String method, String path, Function<WireRequest, String> json) {
        return sends("application/json", method, path, json);
    }

    /** An endpoint that sends a document of any type at once. */
    public static Endpoint sends(
            String contentType, String method, String path, Function<WireRequest, String> document) {
        return new Endpoint(method, Pattern.compile(path), new Action.Reply(contentType, document));
    }
}
