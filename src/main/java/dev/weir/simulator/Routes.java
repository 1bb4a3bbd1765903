package dev.weir.simulator;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Optional;
import java.util.function.Supplier;

/** From paths and methods to services. */
final class Routes implements HttpService {
    private static final String COMPLETIONS = "/v1/chat/completions";
    private static final String MODELS = "/v1/models";

    private final ChatService chat;
    private final RequestReader reader;
    private final AdminService admin;

    Routes(ChatService chat, RequestReader reader, AdminService admin) {
        this.chat = chat;
        this.reader = reader;
        this.admin = admin;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        return HttpResponse.of(request.aggregate().thenApply(whole -> route(ctx, whole)));
    }

    private HttpResponse route(ServiceRequestContext ctx, AggregatedHttpRequest request) {
        String path = ctx.path();
        if (path.equals(COMPLETIONS)) {
            return request.method() == HttpMethod.POST ? chat.serve(ctx, request) : wrongMethod();
        }
        if (path.equals(MODELS)) {
            return get(request, CatalogService::models);
        }
        if (path.startsWith(MODELS + "/")) {
            return get(request, () -> CatalogService.model(path.substring(MODELS.length() + 1)));
        }
        if (path.equals("/v1/api-key")) {
            return get(request, CatalogService::apiKey);
        }
        return path.startsWith(AdminService.PREFIX) ? admin.serve(ctx, request) : Replies.refusal(Refusal.route(path));
    }

    private HttpResponse get(AggregatedHttpRequest request, Supplier<HttpResponse> answer) {
        if (request.method() != HttpMethod.GET) {
            return wrongMethod();
        }
        Optional<Refusal> denied = reader.authorize(request.headers().get(HttpHeaderNames.AUTHORIZATION));
        return denied.map(Replies::refusal).orElseGet(answer);
    }

    private static HttpResponse wrongMethod() {
        return Replies.refusal(Refusal.text(405, "Method Not Allowed"));
    }
}
