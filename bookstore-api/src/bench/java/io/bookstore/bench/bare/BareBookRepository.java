package io.bookstore.bench.bare;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.mongodb.annotation.MongoRepository;
import io.micronaut.data.repository.PageableRepository;

@MongoRepository
@Requires(property = BareService.PROPERTY)
interface BareBookRepository extends PageableRepository<BareBook, String> {}
