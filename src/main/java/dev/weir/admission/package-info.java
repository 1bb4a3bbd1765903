/** Admission owns the quota of a scope: it queues asks and grants permits, never seeing a payload. */
@NullMarked
package dev.weir.admission;

import org.jspecify.annotations.NullMarked;
