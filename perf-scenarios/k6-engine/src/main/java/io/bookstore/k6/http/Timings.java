package io.bookstore.k6.http;

/** k6's phases of one request, in milliseconds. {@code blocked} contains connecting and handshake, as in k6. */
public record Timings(
        double blocked, double connecting, double tlsHandshaking, double sending, double waiting, double receiving) {
    static final Timings NONE = new Timings(0, 0, 0, 0, 0, 0);

    /** By definition the sum of the three phases after the connection is there. */
    public double duration() {
        return sending + waiting + receiving;
    }
}
