/** The wire format of Amazon Bedrock's Converse operations. */
@NullMarked
package io.bookstore.simulator.bedrock;

import org.jspecify.annotations.NullMarked;
