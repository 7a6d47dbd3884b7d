package io.bookstore.api.http.connection;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Gives each connection its {@link RequestDeadline}, {@link HeadRules}, {@link PipelineBound} and {@link ConnectionDrain}. */
@Singleton
final class ConnectionHandlers implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private final ConnectionConfig config;
    private final long maxBodyBytes;
    private final ConnectionDrain drain;

    ConnectionHandlers(ConnectionConfig config, HttpServerConfiguration server, ConnectionDrain drain) {
        this.config = config;
        this.drain = drain;
        this.maxBodyBytes = server.getMaxRequestSize();
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Customizer(config, maxBodyBytes, PipelineBound.newRoom(), drain, null));
        return event.getBean();
    }

    private record Customizer(
            ConnectionConfig config,
            long maxBodyBytes,
            Semaphore room,
            ConnectionDrain drain,
            @Nullable Channel channel)
            implements NettyServerCustomizer {

        @Override
        public NettyServerCustomizer specializeForChannel(Channel newChannel, ChannelRole role) {
            return new Customizer(config, maxBodyBytes, room, drain, newChannel);
        }

        @Override
        public void onStreamPipelineBuilt() {
            String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            if (channel != null && channel.pipeline().get(codec) != null) {
                PipelineBound bound = new PipelineBound(room);
                RequestDeadline deadline = new RequestDeadline(config, bound::isHolding);
                channel.pipeline()
                        .addBefore(codec, "pipeline-bytes", bound.bytes())
                        .addBefore(codec, "request-first-byte", deadline.firstByte())
                        .addAfter(codec, "pipeline-bound", bound)
                        .addAfter(codec, "head-rules", new HeadRules(maxBodyBytes))
                        .addAfter(codec, "request-deadline", deadline);
                drain.watch(channel, "pipeline-bound");
            }
        }
    }
}
