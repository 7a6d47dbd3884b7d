package io.bookstore.console.provider;

import java.net.URI;

/** No simulator answers at the address, or something that is none; the message is one sentence. */
public final class SimulatorUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private SimulatorUnavailableException(String sentence) {
        super(sentence);
    }

    static SimulatorUnavailableException silent(URI simulator) {
        return new SimulatorUnavailableException("The simulator at " + simulator
                + " does not answer: start it again, or name another with --simulator.");
    }

    /** @param path of the admin API, and the fault of its answer */
    static SimulatorUnavailableException unlike(URI simulator, String path, String fault) {
        return new SimulatorUnavailableException("The program at " + simulator
                + " is no simulator of this kit: its answer to " + path + " " + fault + ".");
    }
}
