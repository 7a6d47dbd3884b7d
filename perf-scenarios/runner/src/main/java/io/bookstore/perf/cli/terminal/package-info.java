/** What the commands print with: tables, JSON, prompts, and the end that a user asks for. */
@NullMarked
package io.bookstore.perf.cli.terminal;

import org.jspecify.annotations.NullMarked;
