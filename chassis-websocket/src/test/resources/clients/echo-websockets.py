"""The client of Python's websockets. Arguments: the address, "deflate" or "plain". Fails unless everything comes back as it was sent."""
import asyncio
import sys

import websockets

MESSAGES = ["", "short", "€ and 𝄞 " * 5000, "x" * 200000, b"", b"\xfe" * 100000]


async def main(address, mode):
    compression = "deflate" if mode == "deflate" else None
    async with websockets.connect(address, compression=compression) as socket:
        agreed = any(type(e).__name__ == "PerMessageDeflate" for e in socket.extensions)
        assert agreed == (mode == "deflate"), socket.extensions
        await asyncio.wait_for(await socket.ping(b"are you there"), 60)
        for message in MESSAGES:
            await socket.send(message)
            assert await asyncio.wait_for(socket.recv(), 60) == message, message[:20]
        await socket.send(["in ", "three ", "fragments"])
        assert await asyncio.wait_for(socket.recv(), 60) == "in three fragments"
        await socket.close(3003, "done")
        assert socket.close_code == 3003, socket.close_code


asyncio.run(main(*sys.argv[1:]))
print("passed")
