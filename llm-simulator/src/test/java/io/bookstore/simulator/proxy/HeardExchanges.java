package io.bookstore.simulator.proxy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The exchanges and failures that a proxy has told of, in order; each keeps its memory until a test frees it. */
final class HeardExchanges implements ProxyListener {

    final BlockingQueue<ProxiedExchange> exchanges = new LinkedBlockingQueue<>();
    final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    final BlockingQueue<String> tooLarge = new LinkedBlockingQueue<>();
    final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

    @Override
    public void ended(ProxiedExchange exchange, Runnable free) {
        exchanges.add(exchange);
        waiting.add(free);
    }

    @Override
    public void tooLarge(String sentence) {
        tooLarge.add(sentence);
    }

    @Override
    public void failed(String sentence) {
        failures.add(sentence);
    }
}
