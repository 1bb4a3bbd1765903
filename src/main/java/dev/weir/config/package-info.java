/** The configuration: one table of keys, read from a file, the environment and the command line. */
@NullMarked
package dev.weir.config;

import org.jspecify.annotations.NullMarked;
