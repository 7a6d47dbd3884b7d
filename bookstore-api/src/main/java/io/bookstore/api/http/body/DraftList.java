package io.bookstore.api.http.body;

import io.bookstore.api.http.body.BulkResult.Item;
import io.bookstore.api.http.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of drafts as a client sent it.
 *
 * @param good the drafts that keep to the rules, in their order
 * @param errors the broken rules of each item; empty for a good one
 */
public record DraftList<D>(List<D> good, List<List<FieldError>> errors) {

    public DraftList {
        good = List.copyOf(good);
        errors = List.copyOf(errors);
    }

    /** Returns the outcome of each item, given what the good ones have been stored as. */
    public <E> BulkResult<E> result(List<E> stored) {
        List<Item<E>> items = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < errors.size(); i++) {
            items.add(
                    errors.get(i).isEmpty()
                            ? new Item<>(i, 201, stored.get(next++), List.of())
                            : new Item<>(i, 400, null, errors.get(i)));
        }
        return new BulkResult<>(stored.size(), errors.size() - stored.size(), items);
    }
}
