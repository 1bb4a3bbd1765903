/** The wire to Grok: the HTTP client, and the pure classifier from an answer to an outcome. */
@NullMarked
package dev.weir.grok;

import org.jspecify.annotations.NullMarked;
