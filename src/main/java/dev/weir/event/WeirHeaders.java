package dev.weir.event;

/** The names of the record headers that Weir reads and writes. */
public final class WeirHeaders {
    /** The request's id, on requests, responses, retries and dead letters. */
    public static final String ID = "weir-id";
    /** The priority's wire name, on requests. */
    public static final String PRIORITY = "weir-priority";
    /** The tenant, on requests. */
    public static final String TENANT = "weir-tenant";
    /** The deadline as ISO-8601 instant, on requests. */
    public static final String DEADLINE = "weir-deadline";
    /** The conversation, on requests. */
    public static final String CONVERSATION = "weir-conversation";
    /** The terminal status, on responses. */
    public static final String STATUS = "weir-status";
    /** How many attempts the retry policy has charged, on retries and dead letters. */
    public static final String ATTEMPT = "weir-attempt";
    /** How many permits were asked for, charged or not, on retries. */
    public static final String TRY = "weir-try";
    /** Epoch milliseconds before which a retry may not start. */
    public static final String NOT_BEFORE = "weir-not-before";
    /** Epoch milliseconds at which the request was first read. */
    public static final String FIRST_SEEN = "weir-first-seen";
    /** The reason's id, on retries and dead letters. */
    public static final String REASON = "weir-reason";
    /** The stop class, on dead letters. */
    public static final String CLASS = "weir-class";
    /** The error message, on dead letters; never prompt text or key material. */
    public static final String MESSAGE = "weir-message";
    /** Grok's HTTP status, on dead letters that have one. */
    public static final String HTTP_STATUS = "weir-http-status";
    /** The request record's topic, on retries and dead letters. */
    public static final String SOURCE_TOPIC = "weir-source-topic";
    /** The request record's partition, on retries and dead letters. */
    public static final String SOURCE_PARTITION = "weir-source-partition";
    /** The request record's offset, on retries and dead letters. */
    public static final String SOURCE_OFFSET = "weir-source-offset";
    /** How often the request was sent again from the dead letters, on requests. */
    public static final String REDRIVE_COUNT = "weir-redrive-count";
    /** The name of the replay that sent the request again, on redriven requests. */
    public static final String REDRIVE = "weir-redrive";
    /** The coordinates of the dead letter that was sent again, on redriven requests. */
    public static final String REDRIVE_OF = "weir-redrive-of";
    /** Kafka Streams' own dead-letter header: what went wrong, by name. */
    public static final String STREAMS_EXCEPTION = "__streams.errors.exception";
    /** Kafka Streams' own dead-letter header: the message. */
    public static final String STREAMS_MESSAGE = "__streams.errors.message";
    /** Kafka Streams' own dead-letter header: the source topic. */
    public static final String STREAMS_TOPIC = "__streams.errors.topic";
    /** Kafka Streams' own dead-letter header: the source partition. */
    public static final String STREAMS_PARTITION = "__streams.errors.partition";
    /** Kafka Streams' own dead-letter header: the source offset. */
    public static final String STREAMS_OFFSET = "__streams.errors.offset";

    /** The schema registry's header on Avro requests: the schema of the value. */
    public static final String VALUE_SCHEMA_ID = "__value_schema_id";

    private WeirHeaders() {}
}
