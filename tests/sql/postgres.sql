-- Draw example/2026/001: loads the register and the units carried over (PostgreSQL)
-- The first two words of each line: id and stratum
-- Commitment 9505cacb7c710ed17125fcc6cb3669e8ddca6c8cd8af6a31f6b3cd64604c3098
-- Seed 4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd
-- Run: psql -X -f load.sql -f query.sql
CREATE TEMPORARY TABLE units_lines (line text);
\copy units_lines FROM 'units.txt' WITH (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02', ESCAPE E'\x02', ENCODING 'UTF8')
CREATE TABLE units AS
SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS standing
FROM units_lines WHERE split_part(line, ' ', 2) <> '';
DROP TABLE units_lines;
CREATE TEMPORARY TABLE carried_lines (line text);
\copy carried_lines FROM 'carried.txt' WITH (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02', ESCAPE E'\x02', ENCODING 'UTF8')
CREATE TABLE carried AS
SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS standing
FROM carried_lines WHERE split_part(line, ' ', 2) <> '';
DROP TABLE carried_lines;

-- Draw example/2026/001: the units drawn, recomputed from the register (PostgreSQL)
-- Load units, carried first (--load); the rows must be those of drawn.txt, one by one, and behind each k its reserves
-- Commitment 9505cacb7c710ed17125fcc6cb3669e8ddca6c8cd8af6a31f6b3cd64604c3098
-- Seed 4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd
-- Run: psql -X -f load.sql -f query.sql
WITH quotas (place, stratum, k, r, bound) AS (
VALUES
  (1, 'large/z1', 2, 1, '261d950c83fb72eaffffffffffffffffffffffffffffffffffffffffffffffff'),
  (2, 'small', 3, 0, 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff')
), tickets AS (
SELECT q.place, q.stratum, q.k + q.r AS most, q.bound, u.id, coalesce(c.held, 0) AS held,
       sha256(convert_to(concat('yaohao/ticket/v1', chr(10),
         '4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd', chr(10), q.stratum, chr(10), u.id, chr(10)), 'UTF8')) AS digest
FROM units u
JOIN quotas q ON convert_to(q.stratum, 'UTF8') = convert_to(u.standing, 'UTF8')
LEFT JOIN (SELECT convert_to(id, 'UTF8') AS unit, 1 AS held FROM carried) c ON c.unit = convert_to(u.id, 'UTF8')
), ranked AS (
SELECT place, stratum, most, id, digest,
       row_number() OVER (PARTITION BY place ORDER BY held DESC, digest, convert_to(id, 'UTF8')) AS n
FROM tickets
WHERE digest <= decode(bound, 'hex') OR held = 1
)
SELECT stratum, n AS "rank", id AS id, encode(digest, 'hex') AS ticket
FROM ranked
WHERE n <= most
ORDER BY place, n;
