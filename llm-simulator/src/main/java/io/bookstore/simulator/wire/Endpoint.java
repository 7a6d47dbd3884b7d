package io.bookstore.simulator.wire;

import java.util.function.Function;
import java.util.regex.Pattern;

/** A method and a path, and what happens there. */
public record Endpoint(String method, Pattern path, Action action) {

    /** The action of an endpoint. Both may throw {@link RefusedException}. */
    public sealed interface Action {

        /** An answer that takes its time and is written to the journal. */
        record Generate(Operation operation, Function<WireRequest, GenerationRequest> reader) implements Action {}

        /** A JSON document at once. */
        record Reply(Function<WireRequest, String> json) implements Action {}
    }

    public static Endpoint generates(String path, Function<WireRequest, GenerationRequest> reader) {
        return generates(Operation.CHAT, path, reader);
    }

    public static Endpoint generates(
            Operation operation, String path, Function<WireRequest, GenerationRequest> reader) {
        return new Endpoint("POST", Pattern.compile(path), new Action.Generate(operation, reader));
    }

    public static Endpoint replies(String method, String path, Function<WireRequest, String> json) {
        return new Endpoint(method, Pattern.compile(path), new Action.Reply(json));
    }
}
