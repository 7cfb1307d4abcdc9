def files = { service ->
    def found = []
    service.eachFileRecurse { if (it.file && !service.toPath().relativize(it.toPath()).startsWith('target')) found << it }
    found
}
def testsOf = { service ->
    def reports = new File(service, 'target/surefire-reports').listFiles().findAll { it.name.startsWith('TEST-') }
    reports.sum { report -> (report.text =~ /<testsuite [^>]* tests="(\d+)"/)[0][1] as int }
}
def scores = new File(basedir, 'scores')
def alone = new File(basedir, 'alone')

[scores, alone].each { service ->
    def generated = files(service)
    def java = generated.findAll { it.path.contains('/src/main/') && it.name.endsWith('.java') }
    assert java*.name as Set == ['Application.java', 'GreetingConfig.java', 'Greetings.java', 'LiveGreetings.java'] as Set
    assert generated.findAll { it.name.endsWith('.java') }.every { it.readLines().every { line -> line.size() <= 120 } }: 'lines of 120 columns'
    assert generated.every { !(it.text =~ /(?m)^\s*#(if|else|end|set)|[$]\{(artifactId|package|schema|team|cpu|memory)/) }: 'every directive and token is replaced'
    assert new File(service, 'pom.xml').text.contains('<artifactId>chassis-websocket</artifactId>')
    assert new File(service, 'README.md').text.contains('ws://localhost:8080/live')
}
assert testsOf(scores) == 5 && testsOf(alone) == 4: 'their tests have run'
assert new File(scores, 'src/test/java/com/example/scores/LiveGreetingsTest.java').text.contains('otherTask'): 'two tasks, where there is a bus'
assert files(alone).every { it.path.contains('/.chassis/') || !it.text.toLowerCase().contains('hazelcast') }: 'and nothing else'
