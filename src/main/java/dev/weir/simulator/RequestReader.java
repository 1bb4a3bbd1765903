package dev.weir.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a request in the order of the real service: JSON, types, model, key, arguments. */
final class RequestReader {
    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final String apiKey;

    RequestReader(String apiKey) {
        this.apiKey = apiKey;
    }

    /** Reads a request for a completion. */
    Reading read(@Nullable String contentType, @Nullable String authorization, byte[] bytes) {
        if (bytes.length == 0 || contentType == null || !contentType.startsWith("application/json")) {
            return rejected("", Refusal.text(415, "Expected request with `Content-Type: application/json`"));
        }
        JsonNode body;
        try {
            body = json.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return rejected(
                    "", Refusal.text(400, "Failed to parse the request body as JSON: " + e.getOriginalMessage()));
        }
        String named = body.path("model").isTextual() ? body.path("model").asText() : "";
        Optional<Refusal> wrongType = TypeRules.check(body);
        if (wrongType.isPresent()) {
            return rejected(named, wrongType.get());
        }
        String asked = body.path("model").asText("latest");
        Optional<GrokModel> model = Catalog.find(asked);
        if (model.isEmpty()) {
            return rejected(asked, Refusal.argument("Model not found: " + asked));
        }
        String id = model.get().id();
        Optional<Refusal> denied = authorize(authorization);
        if (denied.isPresent()) {
            return new Reading.Rejected(id, denied.get(), true);
        }
        Optional<Refusal> argument = ArgumentRules.check(model.get(), body);
        if (argument.isPresent()) {
            return rejected(id, argument.get());
        }
        String effort = body.path("reasoning_effort").asText(model.get().defaultEffort());
        return new Reading.Accepted(new ChatRequest(model.get(), body, effort));
    }

    /** Why a request may not come in: 401 without a usable header, 400 with a wrong key. */
    Optional<Refusal> authorize(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ") || authorization.length() < 8) {
            return Optional.of(Refusal.of(
                    401,
                    "unauthenticated",
                    "No authorization header with a bearer token; send 'Authorization: Bearer <key>'."));
        }
        String key = authorization.substring("Bearer ".length());
        return key.equals(apiKey) ? Optional.empty() : Optional.of(Refusal.badKey(key));
    }

    private static Reading rejected(String model, Refusal refusal) {
        return new Reading.Rejected(model, refusal, false);
    }
}
