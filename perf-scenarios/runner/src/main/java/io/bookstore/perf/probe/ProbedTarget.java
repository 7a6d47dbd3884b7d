package io.bookstore.perf.probe;

import io.bookstore.perf.verify.ServiceFacts.Response;
import java.util.List;

/**
 * The answers of a service to {@code k6/tools/probe.js}.
 *
 * @param items the reason why there was nothing to ask about; empty if there was
 */
public record ProbedTarget(Response health, String items, List<ProbedOperation> operations) {}
