package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.control.ControlCodec;
import dev.weir.control.ControlFormat;
import dev.weir.deadletter.DeadLetter;
import dev.weir.event.Blob;
import dev.weir.event.CloudEvents;
import dev.weir.event.ErrorInfo;
import dev.weir.event.EventFormat;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokResponse;
import dev.weir.event.Priority;
import dev.weir.event.Reason;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.StopClass;
import dev.weir.event.Timing;
import dev.weir.event.WeirHeaders;
import dev.weir.topic.PlannedTopic;
import dev.weir.topic.TopicPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document against the code that it describes. */
final class AsyncApiTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 0, 1);
    private static final CloudEvents EVENTS = new CloudEvents(
            EventFormat.json(), new CloudEvents.Settings("weir", "<type>.response", "application/json"));

    private final WeirConfig config = ConfigLoader.load(null, List.of(), Map.of());
    private final TopicPlan plan = Gateway.topicPlan(config);
    private final AsyncApi api = AsyncApi.read();

    @Test
    void shouldNameEveryPublicTopicAndNoOther() {
        Set<String> planned =
                plan.topics().stream().map(PlannedTopic::name).collect(Collectors.toCollection(TreeSet::new));
        planned.removeAll(Set.of(plan.asks(), plan.inbox(), plan.status()));

        assertThat(channels().keySet()).isEqualTo(planned);
    }

    @Test
    void shouldShapeEachTopicAsItIsPlanned() {
        Map<String, PlannedTopic> planned =
                plan.topics().stream().collect(Collectors.toMap(PlannedTopic::name, Function.identity()));

        channels().forEach((name, channel) -> {
            JsonNode kafka = channel.at("/bindings/kafka");
            PlannedTopic topic = planned.get(name);
            assertThat(kafka.get("partitions").intValue()).as(name).isEqualTo(topic.partitions());
            assertThat(kafka.get("replicas").intValue()).as(name).isEqualTo(topic.replication());
            JsonNode settings = kafka.get("topicConfiguration");
            assertThat(settings).as(name).isNotEmpty();
            settings.properties()
                    .forEach(setting -> assertThat(text(setting.getValue()))
                            .as(name + " " + setting.getKey())
                            .isEqualTo(topic.config().get(setting.getKey())));
        });
    }

    private static String text(JsonNode value) {
        return value.isArray() ? value.get(0).asText() : value.asText();
    }

    /** The channels by topic, each tier of the retries on its own. */
    private Map<String, JsonNode> channels() {
        Map<String, JsonNode> channels = new HashMap<>();
        api.at("/channels").forEach(channel -> {
            String address = channel.get("address").textValue();
            JsonNode tiers = channel.at("/parameters/tier/enum");
            if (tiers.isMissingNode()) {
                channels.put(address, channel);
            }
            tiers.forEach(tier -> channels.put(address.replace("{tier}", tier.textValue()), channel));
        });
        return channels;
    }

    @Test
    void shouldNameEveryHeaderOfWeir() throws IllegalAccessException {
        Set<String> known = new TreeSet<>();
        for (var constant : WeirHeaders.class.getFields()) {
            known.add((String) constant.get(null));
        }
        Set<String> documented = new TreeSet<>();
        for (String schema : List.of("requestHeaders", "responseHeaders", "retryHeaders", "deadLetterHeaders")) {
            documented.addAll(api.headers(schema));
        }

        assertThat(documented).isEqualTo(known);
    }

    @Test
    void shouldListTheHeadersOfADeadLetter() {
        assertThat(names(letter(500))).isEqualTo(api.headers("deadLetterHeaders"));
        assertThat(names(letter(null))).isEqualTo(api.requiredHeaders("deadLetterHeaders"));
    }

    private static List<EventHeader> letter(Integer httpStatus) {
        ErrorInfo error = new ErrorInfo(StopClass.FATAL, Reason.INTERNAL, "m", httpStatus, null);
        return new DeadLetter("a", SOURCE, error, 1, 0, null).headers();
    }

    private static Set<String> names(List<EventHeader> headers) {
        return headers.stream().map(EventHeader::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldListTheHeadersOfAnAnswerToACloudEvent() {
        String value = api.at("/components/messages/requestAsStructuredCloudEvent/examples/0/payload")
                .toString();
        EventHeader structured = EventHeader.text("content-type", "application/cloudevents+json");

        Set<String> names = names(EVENTS.carriedOver(Blob.utf8(value), List.of(structured), response()));

        Set<String> always = new TreeSet<>(api.requiredHeaders("cloudEventHeaders"));
        always.addAll(api.requiredHeaders("answeringCloudEventHeaders"));
        Set<String> documented = new TreeSet<>(api.headers("cloudEventHeaders"));
        documented.addAll(api.headers("answeringCloudEventHeaders"));
        assertThat(names).containsAll(always);
        assertThat(documented).containsAll(names);
    }

    private static GrokResponse response() {
        return new GrokResponse(
                "a",
                ResponseStatus.SUCCEEDED,
                "m",
                "c",
                null,
                null,
                null,
                1,
                false,
                false,
                new Timing(Instant.EPOCH, Instant.EPOCH, 0, 0, 0, 0),
                Priority.NORMAL,
                null,
                null,
                Map.of(),
                SOURCE);
    }

    @Test
    void shouldListTheValuesOfEachEnumeration() {
        assertThat(api.values("requestHeaders", WeirHeaders.PRIORITY))
                .isEqualTo(wire(Priority.values(), Priority::wireName));
        assertThat(api.values("responseHeaders", WeirHeaders.STATUS))
                .isEqualTo(wire(ResponseStatus.values(), ResponseStatus::wireName));
        assertThat(api.values("deadLetterHeaders", WeirHeaders.CLASS))
                .isEqualTo(wire(StopClass.values(), StopClass::wireName));
        assertThat(api.values("deadLetterHeaders", WeirHeaders.REASON)).isEqualTo(wire(Reason.values(), Reason::id));
        List<String> tiers = new ArrayList<>();
        api.at("/channels/retries/parameters/tier/enum").forEach(tier -> tiers.add(tier.textValue()));
        assertThat(tiers).isEqualTo(config.retry().tiers());
    }

    private static <T> Set<String> wire(T[] all, Function<T, String> name) {
        return Arrays.stream(all).map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldReferToWhatThereIsAndToEverySchemaFile() throws IOException {
        Set<Path> files = new TreeSet<>();
        api.references().forEach((at, reference) -> {
            assertThat(api.follow(reference).isMissingNode())
                    .as(at + " refers to " + reference)
                    .isFalse();
            if (!reference.startsWith("#")) {
                files.add(AsyncApi.file(reference.replaceAll("#.*", "")));
            }
        });

        try (Stream<Path> schemas = Files.list(Path.of("schemas"))) {
            assertThat(files)
                    .isEqualTo(schemas.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void shouldUseEveryMessageOfAChannelInAnOperationOnIt() {
        Set<String> used = new TreeSet<>();
        api.at("/operations")
                .forEach(operation -> operation
                        .path("messages")
                        .forEach(message -> used.add(message.get("$ref").textValue())));
        Set<String> declared = new TreeSet<>();
        api.at("/channels")
                .properties()
                .forEach(channel -> channel.getValue()
                        .path("messages")
                        .fieldNames()
                        .forEachRemaining(
                                message -> declared.add("#/channels/" + channel.getKey() + "/messages/" + message)));

        assertThat(used).isEqualTo(declared);
    }

    @Test
    void shouldGiveExamplesThatAreValidAndUnderstood() {
        for (String message : List.of("request", "requestAsStructuredCloudEvent", "command")) {
            JsonNode examples = api.at("/components/messages/" + message + "/examples");
            assertThat(examples).as(message).isNotEmpty();
            for (JsonNode example : examples) {
                String payload = example.get("payload").toString();
                assertThat(problems(message, payload)).as(payload).isEmpty();
                assertThat(isUnderstood(message, payload)).as(payload).isTrue();
            }
        }
    }

    private List<String> problems(String message, String payload) {
        JsonNode schema = api.at("/components/messages/" + message + "/payload");
        JsonNode target = schema.has("schemaFormat")
                ? api.follow(schema.at("/schema/$ref").textValue())
                : schema;
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(target)
                .validate(payload, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static boolean isUnderstood(String message, String payload) {
        Blob value = Blob.utf8(payload);
        if (message.equals("command")) {
            return ControlCodec.read(value.bytes()) instanceof ControlFormat.Reading.Understood;
        }
        List<EventHeader> headers = message.equals("request")
                ? List.of()
                : List.of(EventHeader.text("content-type", "application/cloudevents+json"));
        return EVENTS.read(value, headers, SOURCE) instanceof Accepted;
    }
}
