package io.bookstore.simulator.proxy;

/** Receives the exchanges of a {@link ProxyServer}. Called by the event loops: an implementation must not wait. */
public interface ProxyListener {

    void ended(ProxiedExchange exchange);

    /** Reports a request that did not reach the upstream, and was answered by the proxy itself. */
    void failed(String sentence);
}
