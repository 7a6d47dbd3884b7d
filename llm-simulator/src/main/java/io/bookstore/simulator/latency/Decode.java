package io.bookstore.simulator.latency;

import io.bookstore.simulator.draw.Draw;

/**
 * The pace of the tokens after the first.
 *
 * @param tokenMs        median time for a token, in milliseconds, at least 0; the pace is drawn once per request
 * @param sigma          standard deviation of the pace's logarithm across requests, at least 0
 * @param jitter         how far a gap between two chunks strays from the pace, as a share from 0 to 1, evenly both ways
 * @param tokensPerChunk tokens that travel together, at least 1; the first token always travels alone
 */
public record Decode(double tokenMs, double sigma, double jitter, int tokensPerChunk) {

    public Decode {
        ProfileChecks.requireMillis("decode.tokenMs", tokenMs);
        ProfileChecks.requireSigma("decode.sigma", sigma);
        ProfileChecks.requireShare("decode.jitter", jitter);
        ProfileChecks.requireAtLeast("decode.tokensPerChunk", tokensPerChunk, 1);
    }

    double paceMillis(Draw draw) {
        return draw.lognormal(tokenMs, sigma);
    }

    double gap(Draw draw) {
        return jitter == 0 ? 1 : draw.between(1 - jitter, 1 + jitter);
    }
}
