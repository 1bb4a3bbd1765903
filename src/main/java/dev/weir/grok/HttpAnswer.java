package dev.weir.grok;

import dev.weir.event.Blob;
import java.util.Collections;
import java.util.Map;

/**
 * An HTTP answer as it came, whole or as much of it as arrived.
 *
 * @param status the status code
 * @param headers the headers by lower-case name, which must not change afterwards
 * @param body the body, decompressed
 */
record HttpAnswer(int status, Map<String, String> headers, Blob body) {
    HttpAnswer {
        headers = Collections.unmodifiableMap(headers);
    }
}
