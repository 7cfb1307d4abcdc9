#!/bin/bash
# guest may log in from outside, as in the public image.
echo 'loopback_users = none' >/etc/rabbitmq/rabbitmq.conf
exec gosu rabbitmq rabbitmq-server
