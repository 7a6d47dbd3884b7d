package io.bookstore.k6.vu;

/** The part of the script that is running; it decides which functions may be called. */
enum Phase {
    INIT,
    SETUP,
    ITERATION,
    TEARDOWN,
    SUMMARY
}
