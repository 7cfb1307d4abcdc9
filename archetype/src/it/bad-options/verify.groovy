def log = new File(basedir, 'build.log').text
def left = []
new File(basedir, 'orders-service').eachFileRecurse { left << it.name }

assert log.contains('database: "oracle" (expected: postgres, mysql or none); redis: "yes" (expected: true or false); '
    + 'hazelcast: "member" (expected: true or false); messaging: "kafka" (expected: rabbitmq or none); '
    + 'websocket: "maybe" (expected: true or false); '
    + 'kind: "lambda" (expected: http or worker); ci: "travis" (expected: github, jenkins, both or none); '
    + 'team: "The A-Team" (expected: a lower-case letter, then up to 30 letters, digits and hyphens); '
    + 'terraformModule: "../terraform-module" (expected: a module in git without a version, as git::https://git.example.com/chassis.git//terraform-module); '
    + 'cpu: "300" (expected: 256 or 512 units); nothing was generated')
assert left == ['notes', 'todo.txt']: 'what was there before is left, and nothing else: ' + left
