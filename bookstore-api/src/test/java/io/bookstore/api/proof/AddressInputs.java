package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Paths and parameters that mean nothing, or more than they should. */
final class AddressInputs {

    private static final String LIST = "/api/v1/Books";

    private AddressInputs() {}

    static List<Row> rows(World world) {
        return Stream.of(paths(world), paging(world), texts(world))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> paths(World world) {
        return List.of(
                Row.of("B16", "a foreign id, an encoded `../`; an encoded NUL", "404; 400", () -> {
                    Refusal.with(world, 400).ofGet(LIST + "/%00").proof().see();
                    Seen unknown = Refusal.with(world, 404)
                            .ofGet(LIST + "/123")
                            .ofGet(LIST + "/zzzzzzzzzzzzzzzzzzzzzzzz")
                            .ofGet(LIST + "/%2e%2e%2fhealth")
                            .proof()
                            .see();
                    return new Seen(unknown.answer() + "; 400 invalid-request");
                }),
                Row.of("B17", "a literal `../../health`", "404", raw(world, 404, LIST + "/../../health")),
                Row.of(
                        "B18",
                        "a percent sign with nothing behind it",
                        "400",
                        raw(world, 400, LIST + "/%zz", LIST + "?genre=%")),
                Row.of(
                        "B39",
                        "`/api/v1/books`",
                        "308 to `/api/v1/Books`, for paths have a case (RFC 3986, 6.2.2.1); 404 for a path of no route",
                        pathInAnotherCase(world)));
    }

    private static Proof pathInAnotherCase(World world) {
        return () -> {
            Answer sent = world.service().get("/api/v1/books").assertStatus(308);
            assertThat(sent.header("location")).hasValue("/api/v1/Books");
            return new Seen("308; "
                    + Refusal.with(world, 404)
                            .ofGet("/api/v1/bookz")
                            .proof()
                            .see()
                            .answer());
        };
    }

    private static List<Row> paging(World world) {
        return List.of(
                Row.of("B19", "`pageSize` -5 and -1", "400", lists(world, "pageSize=-5", "pageSize=-1")),
                Row.of("B20", "`pageSize` 0, `page` 0", "400", lists(world, "pageSize=0", "page=0")),
                Row.of(
                        "B21",
                        "`pageSize` 2,147,483,647; a page beyond any offset",
                        "400",
                        lists(world, "pageSize=2147483647", "page=2147483647&pageSize=100")),
                Row.of(
                        "B22",
                        "`pageSize` that is a word, or has eleven digits",
                        "400",
                        lists(world, "pageSize=abc", "pageSize=99999999999")));
    }

    private static List<Row> texts(World world) {
        return List.of(
                Row.of(
                        "B23",
                        "`(a+)+$`, `.*` and `$ne` as search text; 10,000 characters",
                        "every character stands for itself; 400 above 200",
                        search(world)),
                Row.of(
                        "B24",
                        "accents written in two ways, Turkish i, right-to-left, emoji",
                        "found in either way; stored as sent",
                        unicode(world)));
    }

    private static Proof search(World world) {
        return () -> {
            world.newBook("(a+)+$ is no pattern");
            for (String pattern : List.of("(a+)+$ is", "+$")) {
                assertThat(found(world, pattern)).as(pattern).isEqualTo(1);
            }
            for (String nothing : List.of(".*", "^", "{\"$ne\":1}", "a|b", "[a-z]")) {
                assertThat(found(world, nothing)).as(nothing).isZero();
            }
            Answer operator =
                    world.service().get(LIST + "/search?query=zzz&title[$ne]=1".replace("[$ne]", "%5B%24ne%5D"));
            assertThat(operator.status()).isIn(200, 400);
            Answer tooLong = world.service()
                    .get(LIST + "/search?query=" + "a".repeat(201))
                    .assertStatus(400);
            return new Seen("200 with literal matches; " + tooLong.inShort());
        };
    }

    private static Proof unicode(World world) {
        return () -> {
            String composed = "Caf\u00e9 Iz\u0131 \u202e\u05d0\u05d1 \ud83d\ude80";
            String decomposed = composed.replace("\u00e9", "e\u0301");
            String first = world.newBook(composed);
            String second = world.newBook(decomposed);
            assertThat(world.service().get(first).json().get("title").asText()).isEqualTo(composed);
            assertThat(world.service().get(second).json().get("title").asText()).isEqualTo(decomposed);
            assertThat(found(world, "Caf\u00e9 Iz\u0131")).isEqualTo(2);
            assertThat(found(world, "Cafe\u0301 Iz\u0131")).isEqualTo(2);
            return new Seen("200; both are found by either, each is stored as it was sent");
        };
    }

    private static int found(World world, String text) {
        return world.service()
                .get(LIST + "/search?query=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .assertStatus(200)
                .json()
                .get("totalCount")
                .asInt();
    }

    private static Proof lists(World world, String... queries) {
        Refusal refusal = Refusal.with(world, 400);
        for (String query : queries) {
            refusal.ofGet(LIST + "?" + query)
                    .ofGet("/api/v1/Authors?" + query)
                    .ofGet(LIST + "/search?query=a&" + query);
        }
        return refusal.proof();
    }

    /** Sends each target exactly as written; a client library would correct or reject it first. */
    private static Proof raw(World world, int status, String... targets) {
        Refusal refusal = Refusal.with(world, status);
        for (String target : targets) {
            refusal.of(() -> Wire.ask(world.service().api(), "GET " + target + " HTTP/1.1\nHost: bookstore\n"));
        }
        return refusal.proof();
    }
}
