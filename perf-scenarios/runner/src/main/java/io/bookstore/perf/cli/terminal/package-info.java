/** Output and input of the commands: tables, JSON, prompts, and the interruption that a user asks for. */
@NullMarked
package io.bookstore.perf.cli.terminal;

import org.jspecify.annotations.NullMarked;
