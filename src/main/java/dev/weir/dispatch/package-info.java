/** Dispatch owns the requests of a partition from acceptance to their one terminal outcome. */
@NullMarked
package dev.weir.dispatch;

import org.jspecify.annotations.NullMarked;
