#!/bin/sh
# Runs once, when the database container makes its cluster: the roles, with passwords from secret files.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --quiet \
  -v owner_password="$(cat /run/secrets/database_owner_password)" \
  -v app_password="$(cat /run/secrets/database_app_password)" \
  -f /deploy/roles.sql
