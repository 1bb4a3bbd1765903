package dev.weir.simulator;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends connections in the ways in which networks do. */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

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
            if (!channel.isOpen()) {
                return;
            }
            if (reset) {
                resetOnClose(channel);
            }
            // From the first handler on, so that no HTTP/2 handler waits for other streams or says goodbye.
            ChannelHandlerContext first = channel.pipeline().firstContext();
            var unused = first == null ? channel.close() : first.close();
        });
    }

    private static void resetOnClose(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            LOG.debug("The client was quicker to close {}", channel, e);
        }
    }
}
