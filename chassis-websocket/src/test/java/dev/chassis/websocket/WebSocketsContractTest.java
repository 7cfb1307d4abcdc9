package dev.chassis.websocket;

import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;

/** Sockets keep what every component promises. */
class WebSocketsContractTest implements ComponentContract {

    @Override
    public Component create() {
        return WebSockets.of("websocket", Sockets.config());
    }
}
