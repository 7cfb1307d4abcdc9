def service = new File(basedir, 'scores')
def files = []
service.eachFileRecurse { if (it.file) files << service.toPath().relativize(it.toPath()).toString().replace('\\', '/') }
def generated = files.findAll { !it.startsWith('target/') } as Set
def text = { new File(service, it).text }
def pom = text('pom.xml')
def reports = files.findAll { it ==~ '.*/surefire-reports/TEST-.*' }.collect { text(it) }
def sum = { report, attribute -> (report =~ "<testsuite [^>]* $attribute=\"(\\d+)\"")[0][1] as int }

assert generated == [
    '.chassis/answers.json', '.dockerignore', '.editorconfig', '.gitignore', 'Dockerfile', 'README.md', 'compose.yaml', 'deploy/jvm.args', 'pom.xml',
    'src/main/java/com/example/scores/Application.java',
    'src/main/java/com/example/scores/GreetingConfig.java',
    'src/main/java/com/example/scores/Greetings.java',
    'src/main/resources/application.properties',
    'src/test/java/com/example/scores/ApplicationTest.java',
    'src/test/java/com/example/scores/DrainTest.java'] as Set: 'five Java files, no table: ' + generated
assert !new File(service, 'src/main/resources/db').exists(): 'no empty directory'
assert generated.every { !(text(it) =~ /(?m)^\s*#(if|else|end|set)|[$]\{(artifactId|package|schema|team|cpu|memory)/) }: 'every directive and token is replaced'
assert pom.contains('<artifactId>lettuce-core</artifactId>')
assert ['postgres', 'mariadb', 'hikari', 'flyway', 'hazelcast', 'jdbc'].every { word -> generated.every { it.startsWith('.chassis/') || !text(it).toLowerCase().contains(word) } }: 'and nothing else'
assert reports.size() == 2 && reports.sum { sum(it, 'tests') - sum(it, 'skipped') } == 4: 'its tests have run, none was skipped'
