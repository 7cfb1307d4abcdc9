def log = new File(basedir, 'build.log').text
def left = []
new File(basedir, 'orders-service').eachFileRecurse { left << it.name }

assert log.contains('database: "oracle" (expected: postgres, mysql or none); redis: "yes" (expected: true or false); '
    + 'hazelcast: "member" (expected: true or false); messaging: "kafka" (expected: rabbitmq or none); nothing was generated')
assert left == ['notes', 'todo.txt']: 'what was there before is left, and nothing else: ' + left
