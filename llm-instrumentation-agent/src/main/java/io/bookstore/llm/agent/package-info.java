/**
 * An extension of the OpenTelemetry Java agent: {@code LangChain4jInstrumentationModule} runs beside the agent, the advice and
 * {@code AgentCalls} beside each application's LangChain4j, with their own copy of the library.
 */
@NullMarked
package io.bookstore.llm.agent;

import org.jspecify.annotations.NullMarked;
