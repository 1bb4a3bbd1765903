/** The operations port: metrics and health. */
@NullMarked
package dev.weir.ops;

import org.jspecify.annotations.NullMarked;
