package io.bookstore.k6.http;

/** k6's phases of one request, in milliseconds. {@code blocked} contains connecting and handshake, as in k6. */
public record Timings(
        double blocked, double connecting, double tlsHandshaking, double sending, double waiting, double receiving) {
    static final Timings NONE = new Timings(0, 0, 0, 0, 0, 0);

    /** The sum of the three phases after the connection is there, by definition. */
    public double duration() {
        return sending + waiting + receiving;
    }
}
