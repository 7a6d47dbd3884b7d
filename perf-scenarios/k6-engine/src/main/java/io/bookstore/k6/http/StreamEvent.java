package io.bookstore.k6.http;

import org.graalvm.polyglot.HostAccess;

/** A server-sent event as a script sees it; a part that was not sent is empty. */
public final class StreamEvent {
    @HostAccess.Export
    public final String id;

    @HostAccess.Export
    public final String comment;

    @HostAccess.Export
    public final String name;

    @HostAccess.Export
    public final String data;

    /** The reason why this is no event but an error: a line of no known field, or a stream that broke off; else empty. */
    @HostAccess.Export
    public final String problem;

    StreamEvent(String id, String comment, String name, String data) {
        this.id = id;
        this.comment = comment;
        this.name = name;
        this.data = data;
        this.problem = "";
    }

    StreamEvent(String problem) {
        this.id = "";
        this.comment = "";
        this.name = "";
        this.data = "";
        this.problem = problem;
    }
}
