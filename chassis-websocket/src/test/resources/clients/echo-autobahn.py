"""The client of Autobahn for Python. Arguments: the address, "deflate" or "plain". Fails unless everything comes back as it was sent."""
import asyncio
import sys

from autobahn.asyncio.websocket import WebSocketClientFactory, WebSocketClientProtocol
from autobahn.websocket.compress import PerMessageDeflateOffer, PerMessageDeflateResponse, PerMessageDeflateResponseAccept

ADDRESS, MODE = sys.argv[1:]
MESSAGES = ["", "short", "€ and 𝄞 " * 5000, "x" * 200000, b"", b"\xfe" * 100000]


class Client(WebSocketClientProtocol):
    def onConnect(self, response):
        agreed = any("PerMessageDeflate" in str(e) for e in response.extensions)
        assert agreed == (MODE == "deflate"), response.extensions

    def onOpen(self):
        self.next = 0
        self.send()

    def send(self):
        message = MESSAGES[self.next]
        binary = isinstance(message, bytes)
        self.sendMessage(message if binary else message.encode(), binary, fragmentSize=10000)

    def onMessage(self, payload, is_binary):
        message = MESSAGES[self.next]
        assert is_binary == isinstance(message, bytes) and payload == (message if is_binary else message.encode())
        self.next += 1
        if self.next < len(MESSAGES):
            self.send()
        else:
            self.sendClose(3003, "done")

    def onClose(self, clean, code, reason):
        finished.set_result((clean, code, getattr(self, "next", -1)))


def accept(response):
    if isinstance(response, PerMessageDeflateResponse):
        return PerMessageDeflateResponseAccept(response)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
finished = loop.create_future()
factory = WebSocketClientFactory(ADDRESS)
factory.protocol = Client
if MODE == "deflate":
    factory.setProtocolOptions(
        perMessageCompressionOffers=[PerMessageDeflateOffer()], perMessageCompressionAccept=accept)
loop.run_until_complete(loop.create_connection(factory, "127.0.0.1", factory.port))
result = loop.run_until_complete(asyncio.wait_for(finished, 60))
assert result == (True, 3003, len(MESSAGES)), result
print("passed")
