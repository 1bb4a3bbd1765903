/** How scopes stand and what became of a request, readable from anywhere through Kafka. */
@NullMarked
package dev.weir.status;

import org.jspecify.annotations.NullMarked;
