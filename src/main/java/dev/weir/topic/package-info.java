/** The topics: their plan as data, and the administration that creates or checks them. */
@NullMarked
package dev.weir.topic;

import org.jspecify.annotations.NullMarked;
