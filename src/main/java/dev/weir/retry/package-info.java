/** When, where and whether a stopped request is tried again: pure policies over delay tiers. */
@NullMarked
package dev.weir.retry;

import org.jspecify.annotations.NullMarked;
