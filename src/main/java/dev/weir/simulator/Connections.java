package dev.weir.simulator;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;

/** Ends connections in the ways in which networks do. */
final class Connections {
    private Connections() {}

    /** A TCP reset: what was sent but not yet read may be lost too. */
    static void reset(ServiceRequestContext ctx) {
        close(ctx, true);
    }

    /** An orderly end of the stream after what was sent. */
    static void cut(ServiceRequestContext ctx) {
        close(ctx, false);
    }

    private static void close(ServiceRequestContext ctx, boolean reset) {
        Channel channel = ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel();
        if (channel == null) {
            return;
        }
        channel.eventLoop().execute(() -> {
            if (reset) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            }
            // From the first handler on, so that no HTTP/2 handler waits for other streams or says goodbye.
            ChannelHandlerContext first = channel.pipeline().firstContext();
            var unused = first == null ? channel.close() : first.close();
        });
    }
}
