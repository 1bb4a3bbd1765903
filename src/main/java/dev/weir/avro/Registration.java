package dev.weir.avro;

/** How the id of a schema that is written is found. */
public enum Registration {
    /** The schema is registered if the subject does not have it. */
    REGISTER,
    /** The subject must have the schema. */
    LOOK_UP,
    /** The subject's newest schema is written, whatever it is, if ours can be read by it. */
    LATEST
}
