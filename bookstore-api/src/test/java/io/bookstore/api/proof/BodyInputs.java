package io.bookstore.api.proof;

import static io.bookstore.api.proof.World.BOOK;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bodies that are none, or too much. */
final class BodyInputs {

    private static final int MEBIBYTE = 1 << 20;

    private BodyInputs() {}

    static List<Row> rows(World world) {
        return Stream.of(size(world), encoding(world), json(world), creation(world))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> size(World world) {
        return List.of(
                Row.of(
                        "B1",
                        "a body of 11 MB, or of 70 kB where one book is expected",
                        "413",
                        Refusal.with(world, 413)
                                .of(() -> Refusal.post(world, "/api/v1/Books/bulk", new byte[11 * MEBIBYTE]))
                                .ofBytes(titled("x".repeat(70_000)).getBytes(ISO_8859_1))
                                .proof()),
                Row.of("B2", "a title of 501 characters, a description of 10,001", "400 naming the field", () -> {
                    Answer title = world.service().post("/api/v1/Books", titled("x".repeat(501)));
                    Answer description = world.service()
                            .post("/api/v1/Books", with("\"description\":\"" + "x".repeat(10_001) + "\""));
                    assertThat(title.assertStatus(400)
                                    .json()
                                    .at("/errors/0/field")
                                    .asText())
                            .isEqualTo("title");
                    assertThat(description
                                    .assertStatus(400)
                                    .json()
                                    .at("/errors/0/field")
                                    .asText())
                            .isEqualTo("description");
                    return new Seen(title.inShort());
                }),
                Row.of(
                        "B3",
                        "30,000 arrays inside each other, in a known and an unknown field",
                        "400",
                        Refusal.with(world, 400)
                                .ofBook("{\"title\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}")
                                .ofBook(with("\"x\":" + "[".repeat(30_000) + "]".repeat(30_000)))
                                .proof()),
                Row.of(
                        "B4",
                        "900 arrays inside each other in an unknown field",
                        "400, for unknown fields are not taken",
                        Refusal.with(world, 400)
                                .ofBook(with("\"x\":" + "[".repeat(900) + "]".repeat(900)))
                                .proof()));
    }

    private static List<Row> encoding(World world) {
        return List.of(
                Row.of("B5", "the bytes FF FE in a title", "400", bytes(world, "\u00ff\u00fe")),
                Row.of("B6", "a slash as the two bytes C0 AF", "400", bytes(world, "\u00c0\u00af")),
                Row.of(
                        "B7",
                        "half a surrogate pair",
                        "400",
                        Refusal.with(world, 400).ofBook(titled("a\\ud800b")).proof()),
                Row.of(
                        "B8",
                        "NUL and control characters, escaped and as they are",
                        "400; line breaks and tabs are text",
                        Refusal.with(world, 400)
                                .ofBook(titled("a\\u0000b"))
                                .ofBook(titled("a\\u001bb"))
                                .ofBytes(titled("a\u0000b").getBytes(ISO_8859_1))
                                .proof()));
    }

    private static List<Row> json(World world) {
        return List.of(
                Row.of(
                        "B9",
                        "a number where a text belongs, a text for a number",
                        "400",
                        Refusal.with(world, 400)
                                .ofBook(BOOK.replace("\"Dubliners\"", "5"))
                                .ofBook(BOOK.replace("9.95", "\"9.95\""))
                                .proof()),
                Row.of(
                        "B10",
                        "`{\"$ne\":1}` where a text belongs",
                        "400",
                        Refusal.with(world, 400)
                                .ofBook(BOOK.replace("\"Dubliners\"", "{\"$ne\":1}"))
                                .proof()),
                Row.of(
                        "B11",
                        "something behind the JSON",
                        "400",
                        Refusal.with(world, 400)
                                .ofBook(BOOK + " x")
                                .ofBook(BOOK + BOOK)
                                .proof()),
                Row.of(
                        "B12",
                        "the same field twice",
                        "400",
                        Refusal.with(world, 400)
                                .ofBook(with("\"title\":\"Ulysses\""))
                                .proof()),
                Row.of(
                        "B13",
                        "a body of no or another media type",
                        "415",
                        Refusal.with(world, 415)
                                .of(() -> Wire.ask(
                                        world.service().api(),
                                        "POST /api/v1/Books HTTP/1.1\nHost: bookstore\nContent-Length: " + BOOK.length()
                                                + "\n",
                                        BOOK.getBytes(ISO_8859_1)))
                                .of(() -> world.service().post("/api/v1/Books", BOOK, "Content-Type", "text/plain"))
                                .proof()),
                Row.of(
                        "B14",
                        "an array, null, nothing, half an object",
                        "400 without the parser's words",
                        Refusal.with(world, 400)
                                .ofBook("[]")
                                .ofBook("null")
                                .ofBytes(new byte[0])
                                .ofBook(BOOK.substring(0, 40))
                                .proof()),
                Row.of(
                        "B15",
                        "an id chosen by the client, `$where` as a field",
                        "400",
                        Refusal.with(world, 400)
                                .ofBook(with("\"id\":\"0123456789abcdef01234567\""))
                                .ofBook(with("\"$where\":\"sleep(1000)\""))
                                .proof()));
    }

    private static List<Row> creation(World world) {
        return List.of(
                Row.of(
                        "B37",
                        "one `Idempotency-Key` for two bodies; one of 7 kB (10 kB is B26); twice at once",
                        "422; 400; one book",
                        idempotency(world)),
                Row.of("B38", "1,001 books at once; a good and a bad one", "413; a report per book", bulk(world)));
    }

    private static Proof idempotency(World world) {
        return () -> {
            world.service()
                    .post("/api/v1/Books", titled("Once"), "Idempotency-Key", "b37")
                    .assertStatus(201);
            Answer other = world.service().post("/api/v1/Books", titled("Twice"), "Idempotency-Key", "b37");
            Answer huge = world.service().post("/api/v1/Books", titled("Never"), "Idempotency-Key", "k".repeat(7_000));
            List<CompletableFuture<Answer>> atOnce = IntStream.range(0, 8)
                    .mapToObj(i -> world.service()
                            .later("POST", "/api/v1/Books", titled("At once"), "Idempotency-Key", "b37-at-once"))
                    .toList();
            assertThat(atOnce)
                    .allSatisfy(answer -> assertThat(answer.join().status()).isIn(201, 409));
            String stored = world.stored();
            assertThat(stored)
                    .containsOnlyOnce("\"At once\"")
                    .containsOnlyOnce("\"Once\"")
                    .doesNotContain("\"Twice\"", "\"Never\"");
            return new Seen(other.assertStatus(422).inShort() + "; "
                    + huge.assertStatus(400).inShort() + "; one book, the others 201 or 409");
        };
    }

    private static Proof bulk(World world) {
        return () -> {
            Answer many = world.service().post("/api/v1/Books/bulk", "[" + "{},".repeat(1_000) + "{}]");
            Answer mixed = world.service().post("/api/v1/Books/bulk", "[" + BOOK + ",{\"title\":\"\"}]");
            assertThat(mixed.json().findValuesAsText("status")).containsExactly("201", "400");
            return new Seen(many.assertStatus(413).inShort() + "; "
                    + mixed.assertStatus(200).inShort() + " with 201 and 400");
        };
    }

    private static Proof bytes(World world, String latin1) {
        return Refusal.with(world, 400)
                .ofBytes(titled(latin1).getBytes(ISO_8859_1))
                .proof();
    }

    private static String titled(String title) {
        return BOOK.replace("Dubliners", title);
    }

    private static String with(String field) {
        return BOOK.substring(0, BOOK.length() - 1) + "," + field + "}";
    }
}
