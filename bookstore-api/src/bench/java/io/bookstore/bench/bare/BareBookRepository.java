package io.bookstore.bench.bare;

import io.micronaut.data.mongodb.annotation.MongoRepository;
import io.micronaut.data.repository.PageableRepository;

@MongoRepository
interface BareBookRepository extends PageableRepository<BareBook, String> {}
