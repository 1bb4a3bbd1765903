/** The messages between dispatch and admission, and their codec. The only thing the two topologies share. */
@NullMarked
package dev.weir.permit;

import org.jspecify.annotations.NullMarked;
