def service = new File(basedir, 'orders-service')
def java = []
service.eachFileRecurse { if (it.name.endsWith('.java') && !it.path.contains('/target/')) java << it }

assert new File(service, 'src/main/java/com/example/ordersservice/Application.java').file: 'the package is legal'
assert java.size() <= 6: 'at most six Java files: ' + java*.name
assert java.every { !it.text.contains('${') }: 'every token is replaced'
assert new File(service, '.gitignore').text.contains('target/'): '.gitignore arrives'
assert new File(service, 'README.md').readLines().count { it ==~ /[=-]{4,}/ } == 9: 'the README keeps its headings'
assert new File(service, 'src/main/resources/application.properties').text.startsWith('#'): 'comments survive'
assert new File(service, 'target/orders-service.jar').file && new File(service, 'target/lib').list().any { it.startsWith('chassis-core-') }
assert new File(service, 'target/surefire-reports').list().count { it.startsWith('TEST-') } == 2: 'its tests have run'

// The AOT cache as the image records and uses it; only the JVM of the image can.
if (Runtime.version().feature() >= 25) {
    def run = { List<String> arguments ->
        def output = new StringBuilder()
        def process = ([new File(System.getProperty('java.home'), 'bin/java').path, '@deploy/jvm.args'] + arguments).execute(null, service)
        process.waitForProcessOutput(output, output)
        assert process.exitValue() == 0: output
        output
    }
    assert run(['-XX:AOTCacheOutput=target/app.aot', '-jar', 'target/orders-service.jar', '--train']).contains('trained with')
    run(['-XX:AOTMode=on', '-XX:AOTCache=target/app.aot', '-jar', 'target/orders-service.jar', '--version'])
    def again = run(['-XX:AOTMode=on', '-XX:AOTCache=target/app.aot', '-jar', 'target/orders-service.jar', '--train'])
    assert again.contains('"archive":"aot"'): again
}
