package io.bookstore.api.author;

import io.micronaut.data.mongodb.annotation.MongoRepository;
import io.micronaut.data.repository.PageableRepository;

/** The collection {@code authors}. */
@MongoRepository
interface AuthorRepository extends PageableRepository<Author, String> {}
