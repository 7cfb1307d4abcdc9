assert new File(basedir, 'build.log').text.contains(
    'messaging: "none" (expected: rabbitmq with kind=worker, which would have nothing to work on); '
    + 'websocket: "true" (expected: false with kind=worker, which serves nothing that a client could connect to); '
    + 'memory: "5000" (expected: 4096 or 5120 MiB with cpu=2048); nothing was generated')
assert !new File(basedir, 'orders-service').exists(): 'nothing is left of it'
