package io.bookstore.api.book;

import io.micronaut.data.mongodb.annotation.MongoRepository;
import io.micronaut.data.mongodb.repository.MongoQueryExecutor;
import io.micronaut.data.repository.CrudRepository;

/** The collection {@code books}. */
@MongoRepository
interface BookRepository extends CrudRepository<Book, String>, MongoQueryExecutor<Book> {}
