package dev.chassis.testing.websocket;

/** One case about the handshake itself. */
record HandshakeCase(String section, String name, Script script) {

    String title() {
        return ConformanceCase.RFC_6455 + section + " " + name;
    }

    /** What is done with a request that would be accepted as it is. */
    @FunctionalInterface
    interface Script {
        void run(WebSocketRequest request) throws Exception;
    }
}
