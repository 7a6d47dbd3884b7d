package io.bookstore.api.proof;

import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Guarantees about the calls of a provider: what they cost, how many there are, and that nothing else waits for them. */
final class ProviderPromises {

    private static final int ASKED_WHILE_OPEN = 100;

    private ProviderPromises() {}

    static Proof booksGoOn(World world) {
        return () -> {
            List<String> books = IntStream.range(0, 20)
                    .mapToObj(i -> world.newBook("Hanging " + i))
                    .toList();
            CountDownLatch end = new CountDownLatch(1);
            world.provider("p3").always(after(end, stream("At last.", 1, 1)));
            List<CompletableFuture<Answer>> hanging = books.stream()
                    .map(book -> world.service().later("POST", book + "/generate-summary?provider=p3", ""))
                    .toList();
            await().until(() -> world.provider("p3").received().size() == books.size());
            for (String book : books) {
                world.service().get(book).assertStatus(200);
                world.service().send("PATCH", book, "{\"stockQuantity\":5}").assertStatus(200);
            }
            // A ping of MongoDB that takes a second makes it unready for a moment.
            await().until(() -> world.service().get("/health/readiness").status() == 200);
            assertThat(hanging).noneMatch(CompletableFuture::isDone);
            end.countDown();
            assertThat(hanging)
                    .allSatisfy(summary -> assertThat(summary.join().status()).isEqualTo(200));
            return new Seen("40 requests answered while all 20 hung");
        };
    }

    static Proof money(World world) {
        return () -> {
            double spent = world.service().metric("llm_cost_usd_total");
            double left = world.service().metric("llm_budget_remaining_usd");
            world.provider("p4").always(stream("Costly.", 1_000, 100));
            for (int i = 0; i < 20; i++) {
                world.summary("p4").assertStatus(200);
            }
            // 3 and 15 dollars a million tokens
            double cost = 20 * (1_000 * 3 + 100 * 15) / 1e6;
            assertThat(world.service().metric("llm_cost_usd_total") - spent).isEqualTo(cost, within(1e-9));
            assertThat(left - world.service().metric("llm_budget_remaining_usd"))
                    .isEqualTo(cost, within(1e-9));
            return new Seen("equal; one call for 100 who want the same (F26)");
        };
    }

    static Proof breaker(World world) {
        return () -> {
            ScriptedProvider provider = world.provider("p5");
            provider.always(status(500, "{}"));
            await().until(() -> world.summary("p5").inShort().equals("503 provider-unavailable"));
            provider.received().clear();
            long open = System.nanoTime();
            boolean retryAfter = false;
            for (int i = 0; i < ASKED_WHILE_OPEN; i++) {
                retryAfter |= world.summary("p5").header("retry-after").isPresent();
            }
            // Each time it has been open long enough, at most three calls find out that nothing is better.
            long trials = 1 + (System.nanoTime() - open) / World.BREAKER_WAIT.toNanos();
            assertThat(provider.received())
                    .as("calls to the provider for %d requests", ASKED_WHILE_OPEN)
                    .hasSizeLessThanOrEqualTo(Math.toIntExact(3 * trials));
            assertThat(retryAfter).isTrue();

            provider.reset();
            CountDownLatch trial = new CountDownLatch(1);
            provider.always(after(trial, stream("Back.", 1, 1)));
            List<CompletableFuture<Answer>> calls = new ArrayList<>();
            await().until(() -> {
                for (int i = 0; i < 10; i++) {
                    calls.add(world.summaryLater("p5"));
                }
                return !provider.received().isEmpty();
            });
            // Each of them is refused, or waits at the provider.
            await().until(() -> calls.stream().filter(call -> !call.isDone()).count()
                    <= provider.received().size());
            assertThat(provider.received()).hasSizeBetween(1, 3);
            trial.countDown();
            await().until(() -> world.summary("p5").status() == 200);
            return new Seen("0, then at most 3, then all");
        };
    }

    static Proof outage(World world) {
        return () -> {
            world.provider("p6").always(status(503, "{}"));
            for (int i = 0; i < 100; i++) {
                world.summary("p6").assertStatus(503);
            }
            assertThat(world.provider("p6").received()).hasSizeLessThanOrEqualTo(120);
            return new Seen("held");
        };
    }

    static Proof overload(World world) {
        return () -> {
            CountDownLatch end = new CountDownLatch(1);
            world.provider("p8").always(after(end, stream("Served.", 1, 1)));
            List<CompletableFuture<Answer>> all = IntStream.range(0, 50)
                    .mapToObj(i -> world.summaryLater("p8"))
                    .toList();
            await().until(() -> all.stream().filter(CompletableFuture::isDone).count() == 48);
            end.countDown();
            List<Answer> answers = all.stream().map(CompletableFuture::join).toList();
            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSize(2);
            assertThat(answers.stream().filter(answer -> answer.status() != 200))
                    .allSatisfy(refused -> {
                        refused.assertStatus(503);
                        assertThat(refused.header("retry-after")).isPresent();
                    });
            return new Seen("25 times the limit: 2 of 50 are 200, the others 503 overloaded");
        };
    }
}
