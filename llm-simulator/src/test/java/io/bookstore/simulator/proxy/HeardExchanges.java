package io.bookstore.simulator.proxy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The exchanges and failures that a proxy has told of, in order. */
final class HeardExchanges implements ProxyListener {

    final BlockingQueue<ProxiedExchange> exchanges = new LinkedBlockingQueue<>();
    final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

    @Override
    public void ended(ProxiedExchange exchange) {
        exchanges.add(exchange);
    }

    @Override
    public void failed(String sentence) {
        failures.add(sentence);
    }
}
