def service = new File(basedir, 'mailer')
def files = []
service.eachFileRecurse { if (it.file) files << service.toPath().relativize(it.toPath()).toString().replace('\\', '/') }
def generated = files.findAll { !it.startsWith('target/') } as Set
def text = { new File(service, it).text }
def pom = text('pom.xml')
def reports = files.findAll { it ==~ '.*/surefire-reports/TEST-.*' }.collect { text(it) }
def sum = { report, attribute -> (report =~ "<testsuite [^>]* $attribute=\"(\\d+)\"")[0][1] as int }

assert generated == [
    '.chassis/answers.json', '.dockerignore', '.editorconfig', '.gitignore', 'Dockerfile', 'README.md', 'compose.yaml', 'deploy/jvm.args', 'pom.xml', '.github/workflows/deliver.yml', 'deploy/push', 'deploy/roll',
    'src/main/java/com/example/mailer/Application.java',
    'src/main/java/com/example/mailer/GreetingConfig.java',
    'src/main/java/com/example/mailer/GreetingRequests.java',
    'src/main/java/com/example/mailer/Greetings.java',
    'src/main/resources/application.properties',
    'src/test/java/com/example/mailer/DrainTest.java',
    'src/test/java/com/example/mailer/GreetingRequestsTest.java'] as Set: 'four Java files and two tests: ' + generated
assert !new File(service, 'src/main/resources/db').exists(): 'no empty directory'
assert generated.every { !(text(it) =~ /(?m)^\s*#(if|else|end|set)|[$]\{(artifactId|package|schema|team|cpu|memory)/) }: 'every directive and token is replaced'
assert pom.contains('<artifactId>chassis-messaging</artifactId>')
assert ['postgres', 'mariadb', 'hikari', 'flyway', 'hazelcast', 'jdbc', 'redis', 'lettuce', 'chassis-pools'].every { word -> generated.every { it.startsWith('.chassis/') || !text(it).toLowerCase().contains(word) } }: 'and nothing else'
assert reports.size() == 2 && reports.sum { sum(it, 'tests') - sum(it, 'skipped') } == 3: 'its tests have run, none was skipped'
assert generated.every { !text(it).contains('8080') || it == 'README.md' }: 'it serves nothing'
assert text('deploy/jvm.args').contains('-XX:+UseSerialGC') && text('compose.yaml').contains('mem_limit: 512m')
