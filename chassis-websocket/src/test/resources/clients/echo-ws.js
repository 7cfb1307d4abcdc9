// The client of npm's ws. Arguments: the address, "deflate" or "plain". Fails unless everything comes back as it was sent.
const WebSocket = require('ws');
const [address, mode] = process.argv.slice(2);
const messages = ['', 'short', '€ and 𝄞 '.repeat(5000), 'x'.repeat(200000), Buffer.alloc(0), Buffer.alloc(100000, 0xfe)];
const socket = new WebSocket(address, {perMessageDeflate: mode === 'deflate'});
let next = 0;
const fail = (why) => { console.error(why); process.exit(1); };
const send = () => socket.send(messages[next]);
socket.on('open', () => {
  if (mode === 'deflate' && !socket.extensions.includes('permessage-deflate')) fail('no compression: ' + socket.extensions);
  socket.ping('are you there');
});
socket.on('pong', (data) => data.toString() === 'are you there' ? send() : fail('pong ' + data));
socket.on('message', (data, isBinary) => {
  const sent = messages[next];
  if (isBinary !== Buffer.isBuffer(sent) || !Buffer.from(sent).equals(data)) fail('message ' + next + ' differs');
  if (++next < messages.length) send(); else socket.close(3003, 'done');
});
socket.on('error', (error) => fail(error));
socket.on('close', (code) => code === 3003 ? console.log('passed') : fail('closed with ' + code));
setTimeout(() => fail('nothing for 60 s'), 60000).unref();
