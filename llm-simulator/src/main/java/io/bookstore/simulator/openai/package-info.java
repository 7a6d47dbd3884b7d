/** The wire format of OpenAI's chat completions, which LM Studio, vLLM and Azure speak too. */
@NullMarked
package io.bookstore.simulator.openai;

import org.jspecify.annotations.NullMarked;
