/** Services of somebody else, which know nothing of the extension. */
@NullMarked
package shop;

import org.jspecify.annotations.NullMarked;
