package dev.weir.avro;

import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import dev.weir.schema.Owner;
import dev.weir.schema.Priority;
import dev.weir.schema.Source;
import dev.weir.schema.Status;
import dev.weir.schema.StopClass;
import dev.weir.schema.Timing;
import dev.weir.schema.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Response events to and from their Avro form. Pure. */
public final class ResponseAvro {
    /** Grok counts cost in steps of 10^-10 dollars. */
    private static final int COST_SCALE = 10;

    private ResponseAvro() {}

    /** The Avro form. Times lose what is below a millisecond. */
    public static dev.weir.schema.GrokResponse of(GrokResponse event) {
        Blob answer = event.response();
        return new dev.weir.schema.GrokResponse(
                event.id(),
                Status.valueOf(event.status().wireName()),
                event.model(),
                event.content(),
                answer == null ? null : answer.text(),
                usage(event.usage()),
                error(event.error()),
                event.attempts(),
                event.possiblyRepeated(),
                event.duplicate(),
                timing(event.timing()),
                Priority.valueOf(event.priority().wireName()),
                event.tenant(),
                event.conversation(),
                new TreeMap<>(event.metadata()),
                new Source(
                        event.source().topic(),
                        event.source().partition(),
                        event.source().offset()));
    }

    /**
     * The event that the Avro form stands for.
     *
     * @throws IllegalArgumentException names the field whose value this version does not know
     */
    public static GrokResponse event(dev.weir.schema.GrokResponse avro) {
        Source source = avro.getSource();
        return new GrokResponse(
                avro.getId(),
                named("status", avro.getStatus(), ResponseStatus.values(), ResponseStatus::wireName),
                avro.getModel(),
                avro.getContent(),
                avro.getResponse() == null ? null : Blob.utf8(avro.getResponse()),
                event(avro.getUsage()),
                event(avro.getError()),
                avro.getAttempts(),
                avro.getPossiblyRepeated(),
                avro.getDuplicate(),
                event(avro.getTiming()),
                named(
                        "priority",
                        avro.getPriority(),
                        dev.weir.event.Priority.values(),
                        dev.weir.event.Priority::wireName),
                avro.getTenant(),
                avro.getConversation(),
                Map.copyOf(avro.getMetadata()),
                new SourceCoordinates(source.getTopic(), source.getPartition(), source.getOffset()));
    }

    private static @Nullable Usage usage(dev.weir.event.@Nullable Usage usage) {
        if (usage == null) {
            return null;
        }
        BigDecimal cost = usage.costUsd();
        return new Usage(
                usage.promptTokens(),
                usage.cachedTokens(),
                usage.completionTokens(),
                usage.reasoningTokens(),
                usage.totalTokens(),
                cost == null ? null : cost.setScale(COST_SCALE, RoundingMode.HALF_EVEN));
    }

    private static dev.weir.event.@Nullable Usage event(@Nullable Usage usage) {
        return usage == null
                ? null
                : new dev.weir.event.Usage(
                        usage.getPromptTokens(),
                        usage.getCachedTokens(),
                        usage.getCompletionTokens(),
                        usage.getReasoningTokens(),
                        usage.getTotalTokens(),
                        usage.getCostUsd());
    }

    private static dev.weir.schema.@Nullable ErrorInfo error(@Nullable ErrorInfo error) {
        return error == null
                ? null
                : new dev.weir.schema.ErrorInfo(
                        stopClass(error),
                        error.reason().id(),
                        Owner.valueOf(error.reason().owner().wireName()),
                        error.message(),
                        error.httpStatus(),
                        error.code());
    }

    /** By its number in the schema: a symbol that is a word of Java has another name there. */
    private static StopClass stopClass(ErrorInfo error) {
        return StopClass.values()[
                StopClass.getClassSchema().getEnumOrdinal(error.stopClass().wireName())];
    }

    private static @Nullable ErrorInfo event(dev.weir.schema.@Nullable ErrorInfo error) {
        return error == null
                ? null
                : new ErrorInfo(
                        named(
                                "error.class",
                                StopClass.getClassSchema()
                                        .getEnumSymbols()
                                        .get(error.getClass$().ordinal()),
                                dev.weir.event.StopClass.values(),
                                dev.weir.event.StopClass::wireName),
                        named("error.reason", error.getReason(), Reason.values(), Reason::id),
                        error.getMessage(),
                        error.getHttpStatus(),
                        error.getCode());
    }

    private static Timing timing(dev.weir.event.Timing timing) {
        return new Timing(
                timing.receivedAt().truncatedTo(ChronoUnit.MILLIS),
                timing.completedAt().truncatedTo(ChronoUnit.MILLIS),
                timing.queueMillis(),
                timing.retryMillis(),
                timing.providerMillis(),
                timing.overheadMillis());
    }

    private static dev.weir.event.Timing event(Timing timing) {
        return new dev.weir.event.Timing(
                timing.getReceivedAt(),
                timing.getCompletedAt(),
                timing.getQueueMillis(),
                timing.getRetryMillis(),
                timing.getProviderMillis(),
                timing.getOverheadMillis());
    }

    private static <T> T named(String field, Object name, T[] values, Function<T, String> nameOf) {
        return Arrays.stream(values)
                .filter(value -> nameOf.apply(value).equals(name.toString()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + " is " + name + ", unknown to this version"));
    }
}
