package io.bookstore.perf.scenario;

import org.jspecify.annotations.Nullable;

/**
 * A variable that a script reads from its environment.
 *
 * @param standard the value if the variable is unset; null if there is none, and the meaning says what happens then
 * @param meaning  a phrase without a full stop
 */
public record Variable(String name, @Nullable String standard, String meaning) {

    static Variable of(String name, Literal described) {
        described.allowOnly("default", "means");
        return new Variable(
                name,
                described.find("default").map(Literal::textOrNumber).orElse(null),
                described.get("means").text());
    }
}
