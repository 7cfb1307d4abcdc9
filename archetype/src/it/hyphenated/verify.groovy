def service = new File(basedir, 'orders-service')
def java = []
service.eachFileRecurse { if (it.name.endsWith('.java') && !it.path.contains('/target/')) java << it }

assert new File(service, 'src/main/java/com/example/ordersservice/Application.java').file: 'the package is legal'
assert java.size() <= 6: 'at most six Java files: ' + java*.name
assert java.every { !it.text.contains('${') }: 'every token is replaced'
assert new File(service, '.gitignore').text.contains('target/'): '.gitignore arrives'
assert new File(service, 'README.md').readLines().count { it ==~ /[=-]{4,}/ } == 8: 'the README keeps its headings'
assert new File(service, 'src/main/resources/application.properties').text.startsWith('#'): 'comments survive'
assert new File(service, 'target/orders-service.jar').file && new File(service, 'target/lib').list().any { it.startsWith('chassis-core-') }
assert new File(service, 'target/surefire-reports').list().count { it.startsWith('TEST-') } == 2: 'its tests have run'
