def service = new File(basedir, 'billing')

assert new File(service, 'src/main/java/org/acme/money/Application.java').file: 'the package asked for'
assert new File(service, 'pom.xml').text.contains('<version>2.0.0</version>')
assert new File(service, 'target/test-classes/org/acme/money/ApplicationTest.class').file
