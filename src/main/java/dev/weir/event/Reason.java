package dev.weir.event;

import static dev.weir.event.Owner.GROK;
import static dev.weir.event.Owner.REQUESTER;
import static dev.weir.event.Owner.WEIR;

/**
 * Every reason for which a call or a request stops, with its cause and cure. The README's table is made from this list.
 */
public enum Reason {
    /** The record has no value. */
    EMPTY_EVENT("empty_event", REQUESTER, "The record has no value.", "Publish the request as JSON."),
    /** The value is not JSON. */
    INVALID_JSON(
            "invalid_json",
            REQUESTER,
            "The value is not one JSON object.",
            "Publish one JSON object in UTF-8 per record."),
    /** The value is not the Avro that its schema id says. */
    UNDECODABLE(
            "undecodable",
            REQUESTER,
            "The value cannot be decoded by the schema that it names; the message says why.",
            "Publish it with the schema of an id that the registry knows, compatible with GrokRequest."),
    /** A field has a wrong type or value. */
    INVALID_FIELD(
            "invalid_field",
            REQUESTER,
            "A field or header has a wrong type or value; the message names it.",
            "Correct the field and publish again."),
    /** A required field is missing. */
    MISSING_FIELD(
            "missing_field",
            REQUESTER,
            "A required field is missing; the message names it.",
            "Add the field and publish again."),
    /** The record is larger than allowed. */
    OVERSIZE("oversize", REQUESTER, "The record is larger than requests.max.bytes.", "Shorten it or raise the limit."),
    /** Grok refuses the request's arguments. */
    INVALID_REQUEST(
            "invalid_request",
            REQUESTER,
            "Grok refuses an argument of the body.",
            "Correct the body as the message says."),
    /** The model does not exist. */
    UNKNOWN_MODEL("unknown_model", REQUESTER, "Grok does not know the model.", "Use a model of GET /v1/models."),
    /** The prompt exceeds the model's context. */
    CONTEXT_TOO_LONG(
            "context_too_long",
            REQUESTER,
            "The prompt is longer than the model allows.",
            "Shorten the prompt or change the model."),
    /** The content was refused. */
    CONTENT_REFUSED(
            "content_refused",
            REQUESTER,
            "Grok refuses the content under its usage guidelines.",
            "Change the content."),
    /** A feature no longer exists. */
    FEATURE_GONE("feature_gone", REQUESTER, "The body uses a feature that Grok has withdrawn (410).", "Remove it."),
    /** The body is too large for Grok. */
    REQUEST_TOO_LARGE("request_too_large", REQUESTER, "The body is too large for Grok (413).", "Make it smaller."),
    /** The request asks for more tokens than the quota ever allows. */
    EXCEEDS_QUOTA(
            "exceeds_quota",
            REQUESTER,
            "One call of this size is larger than the whole token window of its scope.",
            "Make it smaller or raise quota.<scope>.tokens.per.minute."),
    /** No such route. */
    NOT_FOUND("not_found", WEIR, "Grok answered 404 or 405 for the route.", "Check grok.base.url."),
    /** The media type is wrong. */
    UNSUPPORTED_MEDIA("unsupported_media", WEIR, "Grok answered 415.", "Check proxies between Weir and Grok."),
    /** Rate limit. */
    RATE_LIMITED("rate_limited", GROK, "Grok's rate limit was reached.", "Weir retries; lower the scope's quota."),
    /** No capacity. */
    AT_CAPACITY("at_capacity", GROK, "Grok is at capacity for the moment.", "Weir retries."),
    /** Server error. */
    SERVER_ERROR("server_error", GROK, "Grok answered with a server error.", "Weir retries."),
    /** Time-out. */
    TIMEOUT(
            "timeout",
            GROK,
            "No answer within grok.call.timeout.ms, or status 408.",
            "Weir retries; raise the timeout."),
    /** No connection. */
    CONNECT_FAILED(
            "connect_failed", GROK, "No connection to Grok.", "Weir retries; check grok.base.url and the network."),
    /** The connection broke. */
    CONNECTION_LOST("connection_lost", GROK, "The connection broke before the answer was complete.", "Weir retries."),
    /** Nothing in the answer. */
    EMPTY_ANSWER("empty_answer", GROK, "The answer has neither content nor tool call.", "Weir retries."),
    /** The answer cannot be read. */
    UNREADABLE_ANSWER("unreadable_answer", GROK, "The answer is not the JSON that was expected.", "Weir retries."),
    /** The answer is too large. */
    RESPONSE_TOO_LARGE(
            "response_too_large",
            WEIR,
            "The answer is larger than grok.max.response.bytes.",
            "Raise it, or ask for less."),
    /** The key is wrong. */
    INVALID_KEY(
            "invalid_key", WEIR, "Grok refuses the API key.", "Correct grok.api.key or the key file; work is kept."),
    /** Access denied. */
    ACCESS_DENIED(
            "access_denied", WEIR, "The key or team may not use the endpoint.", "Ask the team's owner; work is kept."),
    /** A firewall is in the way. */
    BLOCKED(
            "blocked",
            GROK,
            "A firewall before Grok refuses the call (403 with a page instead of Grok's words).",
            "Weir retries; if it is always one request, look at its words, if it is all, at your network's address."),
    /** No money. */
    NO_CREDITS("no_credits", WEIR, "The team has no credits or reached its spending limit.", "Top up; work is kept."),
    /** TLS between edge and origin. */
    TLS_BROKEN("tls_broken", GROK, "The provider's edge has a TLS problem (525, 526).", "Wait; work is kept."),
    /** All attempts were used. */
    ATTEMPTS_EXHAUSTED(
            "attempts_exhausted",
            GROK,
            "Every attempt failed; the message holds the last failure.",
            "Redrive the dead letter when the cause has gone, or raise retry.max.attempts."),
    /** The calls were lost with their process again and again. */
    CALL_LOST(
            "call_lost",
            WEIR,
            "The process was lost during the call, more often than is repeated.",
            "Find out why the process dies, then redrive the dead letter."),
    /** The deadline passed. */
    DEADLINE_PASSED("deadline_passed", REQUESTER, "The deadline passed before a call could start.", "Allow more time."),
    /** Too old without a deadline. */
    TOO_OLD("too_old", WEIR, "The request waited longer than request.max.age.ms.", "Raise the quota or the age."),
    /** Cancelled. */
    CANCELLED("cancelled", REQUESTER, "A cancel command arrived before the outcome.", "None needed."),
    /** A bug of Weir. */
    INTERNAL("internal", WEIR, "Weir failed on this record by a defect of its own.", "Report it with the message.");

    private final String id;
    private final Owner owner;
    private final String cause;
    private final String cure;

    Reason(String id, Owner owner, String cause, String cure) {
        this.id = id;
        this.owner = owner;
        this.cause = cause;
        this.cure = cure;
    }

    /** The id in events, headers and metrics. */
    public String id() {
        return id;
    }

    /** Who can cure it. */
    public Owner owner() {
        return owner;
    }

    /** What happened, one sentence. */
    public String cause() {
        return cause;
    }

    /** What to do, one sentence. */
    public String cure() {
        return cure;
    }
}
