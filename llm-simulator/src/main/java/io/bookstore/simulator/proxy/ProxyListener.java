package io.bookstore.simulator.proxy;

/** Receives the exchanges of a {@link ProxyServer}. Called by the event loops: an implementation must not wait. */
public interface ProxyListener {

    /**
     * Receives an exchange that has ended.
     *
     * @param free frees the memory that it holds; to be called once it is not needed any more
     */
    void ended(ProxiedExchange exchange, Runnable free);

    /** Reports an exchange that passed on and was too large to be kept until its end. */
    void tooLarge(String sentence);

    /** Reports a request that did not reach the upstream, and was answered by the proxy itself. */
    void failed(String sentence);
}
