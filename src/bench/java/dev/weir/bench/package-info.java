/** The benchmarks: Weir and what a user would pick instead, on the same work in the same run. */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;
