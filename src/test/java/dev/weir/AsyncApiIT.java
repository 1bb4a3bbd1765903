package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document against the official schema of such documents, which npm brings. */
final class AsyncApiIT {
    @Test
    void shouldBeAValidDocument() throws Exception {
        Npm npm = Npm.install("asyncapi", "@asyncapi/specs", "package.json", "package-lock.json");
        JsonNode official = new ObjectMapper()
                .readTree(Files.readString(npm.module("@asyncapi/specs").resolve("schemas/3.0.0-without-$id.json")));
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(official);
        JsonNode document = AsyncApi.read().root();

        assertThat(schema.validate(document)).isEmpty();

        ObjectNode wrong = document.deepCopy();
        ((ObjectNode) wrong.at("/channels/requests/bindings/kafka")).put("partitions", 0);
        ((ObjectNode) wrong.at("/operations/sendRetry")).put("action", "publish");
        assertThat(schema.validate(wrong)).as("the schema sees faults").isNotEmpty();
    }
}
