package dev.weir.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The few fields of a chat-completions body that the gateway must know; everything else is Grok's business. */
final class BodyDraft {
    private final String prefix;
    private @Nullable String model;
    private boolean messages;
    private @Nullable Long maxCompletionTokens;
    private @Nullable Long maxTokens;
    private @Nullable Defect defect;

    BodyDraft(String prefix) {
        this.prefix = prefix;
    }

    void read(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "model" -> readModel(parser);
            case "messages" -> readMessages(parser);
            case "max_completion_tokens" -> maxCompletionTokens = positive(parser);
            case "max_tokens" -> maxTokens = positive(parser);
            default -> parser.skipChildren();
        }
    }

    boolean hasMessages() {
        return messages;
    }

    String model() throws Defect {
        if (defect != null) {
            throw defect;
        }
        if (model == null) {
            throw missing("model", "name the model, such as grok-4.5");
        }
        if (!messages) {
            throw missing("messages", "give at least one message");
        }
        return model;
    }

    @Nullable
    Long maxCompletionTokens() {
        return maxCompletionTokens != null ? maxCompletionTokens : maxTokens;
    }

    private void readModel(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parserDefect("model", parser, "a string");
        } else if (parser.getText().isBlank()) {
            note(new Defect(Reason.INVALID_FIELD, prefix + "model is blank; name the model, such as grok-4.5"));
        } else {
            model = parser.getText();
        }
    }

    private void readMessages(JsonParser parser) throws IOException {
        messages = true;
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parserDefect("messages", parser, "an array of messages");
            return;
        }
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                note(RequestDraft.wrongType(
                        prefix + "messages[" + count + "]", parser.currentToken(), "an object with role and content"));
            }
            parser.skipChildren();
            count++;
        }
        if (count == 0) {
            note(new Defect(Reason.INVALID_FIELD, prefix + "messages is an empty array; give at least one message"));
        }
    }

    private void parserDefect(String name, JsonParser parser, String expected) throws IOException {
        note(RequestDraft.wrongType(prefix + name, parser.currentToken(), expected));
        parser.skipChildren();
    }

    private void note(Defect found) {
        defect = defect == null ? found : defect;
    }

    private Defect missing(String name, String cure) {
        return new Defect(Reason.MISSING_FIELD, prefix + name + " is missing; " + cure);
    }

    private static @Nullable Long positive(JsonParser parser) throws IOException {
        boolean number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        Long value = number && parser.getLongValue() > 0 ? Long.valueOf(parser.getLongValue()) : null;
        parser.skipChildren();
        return value;
    }
}
