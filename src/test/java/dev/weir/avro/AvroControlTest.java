package dev.weir.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.control.ControlCodec;
import dev.weir.control.ControlCommand;
import dev.weir.control.ControlFormat.Reading;
import dev.weir.registry.Framing;
import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.SchemaRef;
import dev.weir.schema.Command;
import dev.weir.schema.GrokControl;
import dev.weir.schema.GrokRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AvroControlTest {
    private static final int OURS = 1;
    private static final int OTHER = 2;
    private static final int LATER = 3;
    private static final Schema LATER_SCHEMA = new Schema.Parser()
            .parse(GrokControl.getClassSchema()
                    .toString()
                    .replace("\"unknown\"]", "\"unknown\",\"drain\"]")
                    .replace(
                            "\"fields\":[{",
                            "\"fields\":[{\"name\":\"by\",\"type\":\"string\",\"default\":\"\",\"doc\":\"d\"},{"));

    private final Map<Integer, RegisteredSchema> registered = new HashMap<>();
    private volatile boolean down;
    private final AvroControl format = new AvroControl(this::ask, System::nanoTime);

    AvroControlTest() {
        register(OURS, GrokControl.getClassSchema());
        register(OTHER, GrokRequest.getClassSchema());
        register(LATER, LATER_SCHEMA);
    }

    private void register(int id, Schema schema) {
        registered.put(id, new RegisteredSchema(id, "AVRO", schema.toString(), false));
    }

    private RegistryAnswer<RegisteredSchema> ask(SchemaRef ref) {
        if (down) {
            return new RegistryAnswer.Unavailable<>("the registry is down");
        }
        return Optional.ofNullable(registered.get(((SchemaRef.ById) ref).id()))
                .<RegistryAnswer<RegisteredSchema>>map(RegistryAnswer.Found::new)
                .orElseGet(() -> new RegistryAnswer.Refused<>(404, 40403, "the registry answered 404"));
    }

    @AfterEach
    void close() {
        format.close();
    }

    /** The law: a command in Avro is the command in JSON, and so is what is none. */
    @Test
    void shouldReadTheSameCommandFromBothForms() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>(
                List.of("", "a", "grok.requests-0-7", "a \"b\" \\", "🎈", "n".repeat(256), "n".repeat(257), "a\nb"));
        texts.add("n".repeat(500));
        texts.add("n".repeat(501));
        texts.add(null);
        for (int i = 0; i < 2_000; i++) {
            GrokControl command = GrokControl.newBuilder()
                    .setCommand(Command.values()[random.nextInt(Command.values().length)])
                    .setId(texts.get(random.nextInt(texts.size())))
                    .setNote(texts.get(random.nextInt(texts.size())))
                    .setScope(texts.get(random.nextInt(texts.size())))
                    .build();

            assertThat(settled(framed(OURS, command), null))
                    .as("seed %d, %s", seed, command)
                    .isEqualTo(format.read(json(command), null));
        }
    }

    /** A JSON of another hand than the product's. */
    private static byte[] json(GrokControl command) {
        List<String> fields = new ArrayList<>();
        fields.add("\"command\":\"" + command.getCommand() + "\"");
        for (Schema.Field field : command.getSchema().getFields()) {
            Object value = command.get(field.pos());
            if (value instanceof String text) {
                String escaped =
                        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
                fields.add("\"" + field.name() + "\":\"" + escaped + "\"");
            }
        }
        return ("{" + String.join(",", fields) + "}").getBytes(UTF_8);
    }

    @Test
    void shouldReadJsonWithoutAFrameAndBehindOne() {
        ControlCommand command = new ControlCommand.Cancel("a", "why");
        registered.put(9, new RegisteredSchema(9, "JSON", "{}", false));

        assertThat(format.read(ControlCodec.write(command), null)).isEqualTo(new Reading.Understood(command));
        assertThat(settled(Framing.frame(9, ControlCodec.write(command)), null))
                .isEqualTo(new Reading.Understood(command));
        assertThat(format.read(null, null)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void shouldReadTheIdOfTheSchemaFromTheHeader() {
        byte[] header = ByteBuffer.allocate(5).put((byte) 0).putInt(OURS).array();
        GrokControl command = GrokControl.newBuilder()
                .setCommand(Command.resume)
                .setScope("m")
                .build();

        assertThat(settled(AvroBytes.encode(command), header))
                .isEqualTo(new Reading.Understood(new ControlCommand.Resume("m")));
    }

    @Test
    void shouldReadWhatALaterSchemaWritesAndSkipItsNewCommands() {
        GenericData.Record resume = later("resume");
        GenericData.Record drain = later("drain");

        assertThat(settled(Framing.frame(LATER, AvroBytes.encode(resume)), null))
                .isEqualTo(new Reading.Understood(new ControlCommand.Resume("m")));
        assertThat(settled(Framing.frame(LATER, AvroBytes.encode(drain)), null))
                .isEqualTo(new Reading.Unreadable("command is \"unknown\"; write cancel or resume"));
    }

    private static GenericData.Record later(String command) {
        GenericData.Record message = new GenericData.Record(LATER_SCHEMA);
        message.put("by", "me");
        message.put(
                "command",
                new GenericData.EnumSymbol(LATER_SCHEMA.getField("command").schema(), command));
        message.put("scope", "m");
        return message;
    }

    @Test
    void shouldRefuseWhatFitsNoCommand() {
        assertThat(settled(Framing.frame(77, new byte[1]), null)).asString().contains("schema id 77", "404");
        assertThat(settled(Framing.frame(OTHER, new byte[1]), null))
                .asString()
                .contains("GrokRequest cannot be read as GrokControl", "schemas/GrokControl.avsc");
        assertThat(settled(Framing.frame(OURS, new byte[] {2}), null))
                .asString()
                .contains("the Avro value ends early");
    }

    @Test
    void shouldBeUnavailableWhileTheRegistryIsDown() {
        down = true;
        byte[] value = framed(
                OURS,
                GrokControl.newBuilder()
                        .setCommand(Command.resume)
                        .setScope("m")
                        .build());

        await().until(() -> format.read(value, null).equals(new Reading.Unavailable("the registry is down")));
        assertThat(format.failure()).contains("the registry is down");

        down = false;
        assertThat(settled(value, null)).isEqualTo(new Reading.Understood(new ControlCommand.Resume("m")));
    }

    private Reading settled(byte[] value, byte[] schemaHeader) {
        Reading now = format.read(value, schemaHeader);
        if (!(now instanceof Reading.Unavailable)) {
            return now;
        }
        return await().until(
                        () -> format.read(value, schemaHeader), reading -> !(reading instanceof Reading.Unavailable));
    }

    private static byte[] framed(int id, GrokControl command) {
        return Framing.frame(id, AvroBytes.encode(command));
    }
}
