/** The wire formats of OpenAI's chat completions and responses, which LM Studio, vLLM and Azure speak too. */
@NullMarked
package io.bookstore.simulator.openai;

import org.jspecify.annotations.NullMarked;
