// No Maven artifact has a RabbitMQ.
def places = System.getenv('PATH').split(File.pathSeparator) + ['/usr/lib/rabbitmq/bin', '/usr/sbin', '/usr/local/sbin']
def possible = places.any { new File(it, 'rabbitmq-server').canExecute() }
if (!possible) println 'everything: SKIPPED, there is no RabbitMQ installed on this machine'
possible || System.getenv('CHASSIS_REQUIRE_SERVERS') == 'true'
