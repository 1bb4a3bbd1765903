package dev.weir.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;

/** {@code GET /v1/models}, {@code /v1/models/{id}} and {@code /v1/api-key}. */
final class CatalogService {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long CREATED = 1_773_014_400L;

    private CatalogService() {}

    static HttpResponse models() {
        ObjectNode body = NODES.objectNode().put("object", "list");
        ArrayNode data = body.putArray("data");
        Catalog.models().forEach(model -> data.add(node(model)));
        return Replies.json(body.toString());
    }

    static HttpResponse model(String name) {
        return Catalog.find(name)
                .map(model -> Replies.json(node(model).toString()))
                .orElseGet(() -> Replies.refusal(Refusal.of(
                        404, "Some requested entity was not found", "The model " + name + " does not exist.")));
    }

    static HttpResponse apiKey() {
        ObjectNode body = NODES.objectNode()
                .put("name", "simulated")
                .put("team_blocked", false)
                .put("api_key_blocked", false)
                .put("api_key_disabled", false);
        body.putArray("acls").add("api-key:model:*").add("api-key:endpoint:*");
        return Replies.json(body.toString());
    }

    private static ObjectNode node(GrokModel model) {
        ObjectNode node = NODES.objectNode()
                .put("id", model.id())
                .put("object", "model")
                .put("owned_by", "xai")
                .put("created", CREATED)
                .put("context_length", model.context());
        ArrayNode aliases = node.putArray("aliases");
        model.aliases().forEach(aliases::add);
        // The catalogue tells USD cents for 100 million tokens, which is the number of ticks for each token.
        GrokModel.Prices prices = model.prices();
        return node.put("prompt_text_token_price", prices.prompt())
                .put("cached_prompt_text_token_price", prices.cached())
                .put("completion_text_token_price", prices.output())
                .put("long_context_threshold", GrokModel.LONG_PROMPT)
                .put("prompt_text_token_price_long_context", 2 * prices.prompt())
                .put("cached_prompt_text_token_price_long_context", 2 * prices.cached())
                .put("completion_text_token_price_long_context", 2 * prices.output());
    }
}
