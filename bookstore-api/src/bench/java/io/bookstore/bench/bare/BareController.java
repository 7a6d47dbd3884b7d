package io.bookstore.bench.bare;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.Sort;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The same repository calls as the service's, and nothing around them. */
@Controller("/api/v1/Books")
// The tests of the service find these classes too, where a benchmark was compiled before them.
@Requires(property = BareService.PROPERTY)
@ExecuteOn(TaskExecutors.BLOCKING)
class BareController {

    private final BareBookRepository repository;

    BareController(BareBookRepository repository) {
        this.repository = repository;
    }

    @Get("/{id}")
    BareBook get(String id) {
        return repository.findById(id).orElseThrow();
    }

    @Get
    BarePage list(@QueryValue int pageSize) {
        Page<BareBook> page = repository.findAll(Pageable.from(0, pageSize, Sort.of(Sort.Order.asc("id"))));
        return new BarePage(page.getContent(), page.getTotalSize());
    }

    @io.micronaut.core.annotation.Introspected
    record BarePage(List<BareBook> books, long totalCount) {}
}
