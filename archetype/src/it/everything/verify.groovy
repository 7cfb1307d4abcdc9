def service = new File(basedir, 'orders-service')
def files = []
service.eachFileRecurse { if (it.file) files << service.toPath().relativize(it.toPath()).toString().replace('\\', '/') }
def generated = files.findAll { !it.startsWith('target/') } as Set
def text = { new File(service, it).text }
def pom = text('pom.xml')
def reports = files.findAll { it ==~ '.*/surefire-reports/TEST-.*' }.collect { text(it) }
def sum = { report, attribute -> (report =~ "<testsuite [^>]* $attribute=\"(\\d+)\"")[0][1] as int }

assert generated == [
    '.chassis/answers.json', '.dockerignore', '.editorconfig', '.gitignore', 'Dockerfile', 'README.md', 'compose.yaml', 'deploy/jvm.args', 'pom.xml', '.github/workflows/deliver.yml', 'Jenkinsfile', 'deploy/push', 'deploy/roll',
    'src/main/java/com/example/ordersservice/Application.java',
    'src/main/java/com/example/ordersservice/GreetingConfig.java',
    'src/main/java/com/example/ordersservice/GreetingRequests.java',
    'src/main/java/com/example/ordersservice/Greetings.java',
    'src/main/java/com/example/ordersservice/LiveGreetings.java',
    'src/main/java/com/example/ordersservice/Visits.java',
    'src/main/resources/application.properties',
    'src/main/resources/db/migration/V1__visits.sql',
    'src/test/java/com/example/ordersservice/ApplicationTest.java',
    'src/test/java/com/example/ordersservice/DrainTest.java',
    'src/test/java/com/example/ordersservice/GreetingRequestsTest.java',
    'src/test/java/com/example/ordersservice/LiveGreetingsTest.java'] as Set: 'six Java files, four tests and what they need: ' + generated
assert generated.every { !(text(it) =~ /(?m)^\s*#(if|else|end|set)|[$]\{(artifactId|package|schema|team|cpu|memory)/) }: 'every directive and token is replaced'
assert generated.findAll { it.endsWith('.java') }.every { text(it).readLines().every { line -> line.size() <= 120 } }: 'lines of 120 columns'
assert ['HikariCP', 'postgresql', 'flyway-database-postgresql', 'lettuce-core', 'hazelcast', 'chassis-messaging', 'chassis-websocket'].every { pom.contains("<artifactId>$it</artifactId>") }
assert !pom.contains('mariadb') && !pom.contains('flyway-mysql')
assert ['CHASSIS_JDBC_URL', 'CHASSIS_REDIS_URL', 'CHASSIS_HAZELCAST_MEMBERS', 'CHASSIS_RABBIT_ADDRESSES', 'orders_service'].every { text('README.md').contains(it) }
assert reports.size() == 4 && reports.sum { sum(it, 'tests') - sum(it, 'skipped') } == 11: 'its tests have run, none was skipped'

def java = new File(System.getProperty('java.home'), 'bin/java').path
def process = [java, '-jar', 'target/orders-service.jar', '--check-config'].execute(null, service)
def output = new StringBuilder()
process.waitForProcessOutput(output, output)

assert process.exitValue() != 0: 'in production it wants addresses'
assert ['chassis.jdbc.url', 'chassis.redis.url', 'chassis.hazelcast.members', 'chassis.rabbit.addresses'].every { output.contains(it) }: output
