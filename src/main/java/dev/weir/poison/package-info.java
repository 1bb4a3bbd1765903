/** Records that make a stream thread fail: who is to blame, and when such a record is passed over. */
@NullMarked
package dev.weir.poison;

import org.jspecify.annotations.NullMarked;
