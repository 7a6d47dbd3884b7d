package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;

/** Requests that the service must refuse, and what must hold of every refusal. */
final class Refusal {

    private final World world;
    private final List<Callable<Answer>> requests = new ArrayList<>();
    private final int status;

    private Refusal(World world, int status) {
        this.world = world;
        this.status = status;
    }

    static Refusal with(World world, int status) {
        return new Refusal(world, status);
    }

    /** Another request that must get the same. */
    Refusal of(Callable<Answer> request) {
        requests.add(request);
        return this;
    }

    /** A book that must not be taken. */
    Refusal ofBook(String json) {
        return of(() -> world.service().post("/api/v1/Books", json));
    }

    /** A book that must not be taken, as the bytes that are sent. */
    Refusal ofBytes(byte[] json) {
        return of(() -> post(world, "/api/v1/Books", json));
    }

    Refusal ofGet(String path) {
        return of(() -> world.service().get(path));
    }

    /** Each gets the status and a problem document, and nothing is written. */
    Proof proof() {
        return () -> {
            String before = world.stored();
            LinkedHashSet<String> answers = new LinkedHashSet<>();
            for (Callable<Answer> request : requests) {
                answers.add(request.call().assertStatus(status).assertProblem().inShort());
            }
            assertThat(world.stored()).isEqualTo(before);
            return new Seen(String.join(", ", answers));
        };
    }

    static Answer post(World world, String path, byte[] body) throws Exception {
        return Wire.ask(
                world.service().api(),
                "POST " + path + " HTTP/1.1\nHost: bookstore\nContent-Type: application/json\nContent-Length: "
                        + body.length + "\nConnection: close\n",
                body);
    }
}
