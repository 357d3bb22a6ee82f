#!/bin/sh
# Run once, when the database is new: the product gets a role of its own, which owns its tables and nothing else.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 \
    --set password="$(cat /run/secrets/database-password)" <<'END'
CREATE ROLE voice LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER DATABASE voice OWNER TO voice;
REVOKE ALL ON DATABASE voice FROM PUBLIC;
END
