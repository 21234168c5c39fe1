-- The two roles and the database, for a PostgreSQL of your own. Run once, as a superuser:
--   psql -v owner_password=… -v app_password=… -f deploy/roles.sql
-- `safeguarding_owner` owns the tables and migrates; `safeguarding_app` runs everything, owns nothing,
-- and is held by row-level security. The grants are those of safeguarding/embedded.py (a test compares).
\set ON_ERROR_STOP on
CREATE ROLE safeguarding_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE safeguarding_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
CREATE DATABASE safeguarding OWNER safeguarding_owner ENCODING 'UTF8' TEMPLATE template0;
\connect safeguarding
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO safeguarding_owner;
GRANT USAGE ON SCHEMA public TO safeguarding_app;
ALTER DEFAULT PRIVILEGES FOR ROLE safeguarding_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO safeguarding_app;
ALTER DEFAULT PRIVILEGES FOR ROLE safeguarding_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO safeguarding_app;
