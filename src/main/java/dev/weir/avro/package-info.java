/** Events as Avro: the schemas' records to and from the events, the registry's framing, and serializers of others. */
@NullMarked
package dev.weir.avro;

import org.jspecify.annotations.NullMarked;
