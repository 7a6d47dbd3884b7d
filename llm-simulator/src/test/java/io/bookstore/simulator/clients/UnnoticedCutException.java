package io.bookstore.simulator.clients;

/** The client ended a stream as if it were whole, though its last events never came. */
final class UnnoticedCutException extends RuntimeException {

    UnnoticedCutException() {
        super("The client did not notice that its stream was cut");
    }
}
