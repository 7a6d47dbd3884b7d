package io.bookstore.simulator;

import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;

/** The simulator cannot listen where it was told to; the message says why and what helps. */
public final class SimulatorStartException extends RuntimeException {

    SimulatorStartException(String host, int port, Throwable cause) {
        super(sentence(host, port, cause), cause);
    }

    private static String sentence(String host, int port, Throwable cause) {
        if (cause instanceof UnresolvedAddressException || cause instanceof java.net.UnknownHostException) {
            return "The host \"" + host + "\" is not known; give --host an address of this machine";
        }
        if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
            return "Port " + port + " of " + host
                    + " is already in use; end the program that has it, or choose another with --port (0 takes any)";
        }
        return "Cannot listen on " + host + ":" + port + ": " + cause.getMessage();
    }
}
