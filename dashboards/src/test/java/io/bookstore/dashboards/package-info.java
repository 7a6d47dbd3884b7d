/** Contract tests of dashboards and rules: their form, their names, and their queries against a running service. */
@NullMarked
package io.bookstore.dashboards;

import org.jspecify.annotations.NullMarked;
