// What is built after it was generated: all that this machine has the servers for.
def listens = { port ->
    try {
        new Socket('127.0.0.1', port).close()
        true
    } catch (IOException e) {
        false
    }
}
def places = System.getenv('PATH').split(File.pathSeparator) + ['/usr/lib/rabbitmq/bin', '/usr/sbin', '/usr/local/sbin']
def installed = { program -> places.any { new File(it, program).canExecute() } }
// No Maven artifact has one of these.
def missing = [
    '-Dmessaging=rabbitmq': installed('rabbitmq-server'),
    '-Ddatabase=mysql': installed('mariadbd') || listens(3306) || new File('/var/run/docker.sock').exists(),
].findAll { option, isThere -> !isThere && System.getenv('CHASSIS_REQUIRE_SERVERS') != 'true' }.keySet()

def services = new File(basedir, 'invoker.properties').readLines().findAll { it.contains(' -DartifactId=') }
def skipped = services.findAll { line -> missing.any { line.contains(it) } }
def name = { (it =~ / -DartifactId=(\S+)/)[0][1] }
if (skipped) println "services: GENERATED AND NOT BUILT, because there is no server for $missing on this machine: ${skipped.collect(name)}"

new File(basedir, 'services.xml').text = """<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>services</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <modules>${(services - skipped).collect { "<module>${name(it)}</module>" }.join()}</modules>
</project>
"""
true
