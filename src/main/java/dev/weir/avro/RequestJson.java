package dev.weir.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.event.Blob;
import dev.weir.schema.ContentPart;
import dev.weir.schema.GrokRequest;
import dev.weir.schema.Message;
import dev.weir.schema.ReasoningEffort;
import dev.weir.schema.ResponseFormat;
import dev.weir.schema.Role;
import dev.weir.schema.Tool;
import dev.weir.schema.ToolCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** From the Avro form of a request to the envelope as JSON. Pure. */
final class RequestJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final GrokRequest request;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private final JsonGenerator json;

    private RequestJson(GrokRequest request) throws IOException {
        this.request = request;
        this.json = JSON.createGenerator(out);
    }

    /** The envelope with the whole body. */
    static Blob envelope(GrokRequest request) throws NotARequest {
        return write(request, true);
    }

    /** The envelope with a body that is empty, to tell what stands beside the body of one that cannot be read. */
    static Blob withoutBody(GrokRequest request) {
        try {
            return write(request, false);
        } catch (NotARequest e) {
            throw new IllegalStateException("an empty body was refused", e);
        }
    }

    private static Blob write(GrokRequest request, boolean whole) throws NotARequest {
        try {
            RequestJson writer = new RequestJson(request);
            writer.writeEnvelope(whole);
            writer.json.close();
            return Blob.of(writer.out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private void writeEnvelope(boolean whole) throws IOException, NotARequest {
        json.writeStartObject();
        ObjectWriter fields = new ObjectWriter(json, "");
        fields.text("id", request.getId());
        fields.text("priority", request.getPriority().toString());
        fields.text("tenant", request.getTenant());
        fields.text(
                "deadline",
                request.getDeadline() == null ? null : request.getDeadline().toString());
        fields.text("conversation", request.getConversation());
        fields.name("metadata");
        json.writeStartObject();
        for (Map.Entry<String, String> entry : request.getMetadata().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        fields.name("body");
        json.writeStartObject();
        if (whole) {
            writeBody(new ObjectWriter(json, ""));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeBody(ObjectWriter body) throws IOException, NotARequest {
        if (!request.getModel().isEmpty()) {
            body.text("model", request.getModel());
        }
        if (!request.getMessages().isEmpty()) {
            body.name("messages");
            json.writeStartArray();
            for (int i = 0; i < request.getMessages().size(); i++) {
                writeMessage(request.getMessages().get(i), "messages[" + i + "].");
            }
            json.writeEndArray();
        }
        if (request.getTools() != null) {
            body.name("tools");
            writeTools(request.getTools());
        }
        body.text("tool_choice", request.getToolChoice());
        body.yesNo("parallel_tool_calls", request.getParallelToolCalls());
        if (request.getResponseFormat() != null) {
            body.name("response_format");
            writeResponseFormat(request.getResponseFormat());
        }
        writeSampling(body);
        body.text("user", request.getUser());
        body.fields("extra", request.getExtra());
    }

    private void writeSampling(ObjectWriter body) throws IOException, NotARequest {
        ReasoningEffort effort = request.getReasoningEffort();
        if (effort == ReasoningEffort.unknown) {
            throw new NotARequest("reasoningEffort is unknown to this version; put reasoning_effort into extra");
        }
        body.text("reasoning_effort", effort == null ? null : effort.toString());
        body.integer("max_completion_tokens", request.getMaxCompletionTokens());
        body.number("temperature", request.getTemperature());
        body.number("top_p", request.getTopP());
        body.integer("n", request.getN());
        body.integer("seed", request.getSeed());
        if (request.getStop() != null) {
            body.name("stop");
            json.writeStartArray();
            for (String stop : request.getStop()) {
                json.writeString(stop);
            }
            json.writeEndArray();
        }
        body.number("presence_penalty", request.getPresencePenalty());
        body.number("frequency_penalty", request.getFrequencyPenalty());
    }

    private void writeMessage(Message message, String path) throws IOException, NotARequest {
        json.writeStartObject();
        ObjectWriter fields = new ObjectWriter(json, path);
        if (message.getRole() != Role.unknown) {
            fields.text("role", message.getRole().toString());
        }
        Object content = message.getContent();
        if (content instanceof List<?> parts) {
            fields.name("content");
            json.writeStartArray();
            for (Object part : parts) {
                writePart((ContentPart) part, path + "content.");
            }
            json.writeEndArray();
        } else if (content != null) {
            fields.text("content", content.toString());
        }
        fields.text("name", message.getName());
        if (message.getToolCalls() != null) {
            fields.name("tool_calls");
            writeToolCalls(message.getToolCalls());
        }
        fields.text("tool_call_id", message.getToolCallId());
        fields.fields("extra", message.getExtra());
        if (!fields.has("role")) {
            throw new NotARequest(path + "role is unknown to this version; put role into the message's extra");
        }
        json.writeEndObject();
    }

    private void writePart(ContentPart part, String path) throws IOException, NotARequest {
        int kinds = (part.getText() == null ? 0 : 1)
                + (part.getImageUrl() == null ? 0 : 1)
                + (part.getExtra() == null ? 0 : 1);
        if (kinds != 1) {
            throw new NotARequest(path + "text, imageUrl and extra: " + kinds + " are set; set exactly one of a part");
        }
        json.writeStartObject();
        ObjectWriter fields = new ObjectWriter(json, path);
        if (part.getText() != null) {
            fields.text("type", "text");
            fields.text("text", part.getText());
        } else if (part.getImageUrl() != null) {
            fields.text("type", "image_url");
            fields.name("image_url");
            json.writeStartObject();
            ObjectWriter image = new ObjectWriter(json, path);
            image.text("url", part.getImageUrl());
            image.text("detail", part.getImageDetail());
            json.writeEndObject();
        }
        fields.fields("extra", part.getExtra());
        json.writeEndObject();
    }

    private void writeToolCalls(List<ToolCall> calls) throws IOException {
        json.writeStartArray();
        for (ToolCall call : calls) {
            json.writeStartObject();
            json.writeStringField("id", call.getId());
            json.writeStringField("type", "function");
            json.writeObjectFieldStart("function");
            json.writeStringField("name", call.getName());
            json.writeStringField("arguments", call.getArguments());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeTools(List<Tool> tools) throws IOException, NotARequest {
        json.writeStartArray();
        for (int i = 0; i < tools.size(); i++) {
            Tool tool = tools.get(i);
            String path = "tools[" + i + "].";
            json.writeStartObject();
            ObjectWriter fields = new ObjectWriter(json, path);
            if (tool.getExtra() == null) {
                fields.text("type", "function");
                fields.name("function");
                json.writeStartObject();
                ObjectWriter function = new ObjectWriter(json, path);
                function.text("name", tool.getName());
                function.text("description", tool.getDescription());
                function.verbatim("parameters", "parameters", tool.getParameters());
                function.yesNo("strict", tool.getStrict());
                json.writeEndObject();
            }
            fields.fields("extra", tool.getExtra());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeResponseFormat(ResponseFormat format) throws IOException, NotARequest {
        json.writeStartObject();
        json.writeStringField("type", format.getType());
        if (format.getName() != null || format.getSchema$() != null || format.getStrict() != null) {
            json.writeObjectFieldStart("json_schema");
            ObjectWriter schema = new ObjectWriter(json, "responseFormat.");
            schema.text("name", format.getName());
            schema.verbatim("schema", "schema", format.getSchema$());
            schema.yesNo("strict", format.getStrict());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
