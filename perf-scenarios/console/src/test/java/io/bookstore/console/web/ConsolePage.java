package io.bookstore.console.web;

import io.bookstore.testing.Chromium;

/** A page of a console in a browser. */
record ConsolePage(Chromium browser, TestConsole console) {

    /** Loads a view anew, such as {@code #/runs}. */
    void open(String view) {
        browser.open("about:blank");
        browser.await("location.href === 'about:blank'");
        browser.open(console.address() + "/" + view);
    }

    /** Sets the text of a field by its id. */
    void type(String id, String value) {
        browser.evaluate("document.getElementById('" + id + "').value = '" + value + "'");
    }

    /** The visible text of the first element that a CSS selector finds. */
    String text(String selector) {
        return browser.evaluate("document.querySelector('" + selector + "').innerText")
                .asText();
    }
}
