/** Commands of operators and applications: cancel a request, resume a scope. */
@NullMarked
package dev.weir.control;

import org.jspecify.annotations.NullMarked;
