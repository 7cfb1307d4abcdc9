def service = new File(basedir, 'billing')
def files = []
service.eachFileRecurse { if (it.file) files << service.toPath().relativize(it.toPath()).toString().replace('\\', '/') }
def generated = files.findAll { !it.startsWith('target/') } as Set
def text = { new File(service, it).text }
def pom = text('pom.xml')
def reports = files.findAll { it ==~ '.*/surefire-reports/TEST-.*' }.collect { text(it) }
def sum = { report, attribute -> (report =~ "<testsuite [^>]* $attribute=\"(\\d+)\"")[0][1] as int }

assert generated == [
    '.chassis/answers.json', '.dockerignore', '.editorconfig', '.gitignore', 'Dockerfile', 'README.md', 'compose.yaml', 'deploy/jvm.args', 'pom.xml',
    'src/main/java/com/example/billing/Application.java',
    'src/main/java/com/example/billing/GreetingConfig.java',
    'src/main/java/com/example/billing/Greetings.java',
    'src/main/java/com/example/billing/Visits.java',
    'src/main/resources/application.properties',
    'src/main/resources/db/migration/V1__visits.sql',
    'src/test/java/com/example/billing/ApplicationTest.java',
    'src/test/java/com/example/billing/DrainTest.java'] as Set: 'six Java files and what they need: ' + generated
assert generated.every { !(text(it) =~ /(?m)^\s*#(if|else|end|set)|[$]\{(artifactId|package|schema|team|cpu|memory)/) }: 'every directive and token is replaced'
assert ['HikariCP', 'mariadb-java-client', 'flyway-mysql'].every { pom.contains("<artifactId>$it</artifactId>") }
assert ['postgres', 'lettuce', 'hazelcast', 'redis'].every { word -> generated.every { it.startsWith('.chassis/') || !text(it).toLowerCase().contains(word) } }: 'and nothing else'
assert text('src/main/java/com/example/billing/Visits.java').contains('billing_service.visits'): 'a schema whose name is never a word of SQL'
assert reports.size() == 2 && reports.sum { sum(it, 'tests') - sum(it, 'skipped') } == 5: 'its tests have run, none was skipped'
