package io.bookstore.llm.framework;

/**
 * A model that measures the calls of one interface of a bean, and makes them on the bean.
 *
 * @param api The model interface.
 * @param model Its wrapper; the bean itself where the framework for LLMs is too old to be measured.
 */
public record ModelWrapper(Class<?> api, Object model) {}
