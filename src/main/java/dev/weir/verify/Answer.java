package dev.weir.verify;

import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;

/**
 * What the verifier needs to know of a response record.
 *
 * @param id the request's id
 * @param source the request record
 * @param status how it ended
 * @param possiblyRepeated whether a call for it may have been paid twice
 * @param duplicate whether it repeats the outcome of an earlier record with the same id
 */
record Answer(
        String id, SourceCoordinates source, ResponseStatus status, boolean possiblyRepeated, boolean duplicate) {}
