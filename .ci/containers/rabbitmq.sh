#!/bin/bash
# A user as the public image makes it; guest may log in from outside, as there.
printf '%s\n' 'loopback_users = none' "default_user = ${RABBITMQ_DEFAULT_USER:-guest}" "default_pass = ${RABBITMQ_DEFAULT_PASS:-guest}" \
    >/etc/rabbitmq/rabbitmq.conf
unset RABBITMQ_DEFAULT_USER RABBITMQ_DEFAULT_PASS
exec gosu rabbitmq rabbitmq-server
